"""Delegates to a GGK, as programs of the gmina that asks and of the county that is asked read them."""

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.roles import Role
from tests.api.conftest import Of
from tests.factories import county
from tests.factories import ggk as make
from tests.factories import people as make_people


def test_the_office_of_a_gmina_reads_what_it_asked_and_no_address(
    partnership: TenantRef, powiat: TenantRef, program_of: Of
) -> None:
    with inside(partnership):
        row = make.named(make.group(county=powiat))
        school = make_people.organisation()
    path = f"tenants/{partnership.code}/delegations/"
    office = program_of(partnership).get(path)
    (one,) = office.json()["results"]
    assert (one["id"], one["state"], one["institution"]) == (str(row.pk), "NAMED", row.party_name)
    assert (one["function"], one["answer_by"]) == (row.function, row.answer_by.isoformat())
    assert "@" not in office.content.decode()
    assert program_of(partnership).get(path, state="REFUSED").json()["count"] == 0
    partner = program_of(partnership, Role.PARTNER_HEAD, organisation=school)
    assert partner.get(path).status_code == 403
    with inside(partnership):
        sent = make_people.organisation()
    delegate = program_of(partnership, Role.DELEGATE, organisation=sent)
    assert delegate.get(path).json()["count"] == 0


def test_in_a_county_each_institution_reads_what_it_was_asked(
    partnership: TenantRef, powiat: TenantRef, program_of: Of
) -> None:
    with inside(powiat):
        school, other = make_people.organisation(), make_people.organisation()
        agreement = county.in_force(school, other, units=[partnership.code])
        party = agreement.parties.select_related("agreement").get(organisation=school)
        asked = county.named(
            county.asked(party, partnership), make_people.by(make_people.head(school))
        )
    path = f"tenants/{powiat.code}/asked-delegations/"
    for program in (
        program_of(powiat),
        program_of(powiat, Role.PARTNER_HEAD, organisation=school),
    ):
        (one,) = program.get(path).json()["results"]
        assert (one["id"], one["state"], one["ended_on"]) == (str(asked.pk), "NAMED", None)
        assert "@" not in program.get(path).content.decode()
    foreign = program_of(powiat, Role.PARTNER_HEAD, organisation=other)
    assert foreign.get(path).json()["count"] == 0
    assert program_of(powiat, Role.SOCIAL_WORKER).get(path).status_code == 403
