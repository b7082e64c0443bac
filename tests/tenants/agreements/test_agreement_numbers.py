"""Agreements are numbered in the series of their year, and no number is lost (POR signatures)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements import files, rules, today
from tenants.agreements.actions import force, numbers, sending
from tenants.agreements.models import Agreement, AgreementNumber, NumberRule
from tenants.registry.roles import Role
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.tenants.accession.test_at_once import at_once, tenant
from tests.tenants.agreements.test_agreement_pages import AT

__all__ = ["tenant"]
YEAR = localdate().year


def held(**fields: Any) -> list[tuple[str, str]]:
    rows = AgreementNumber.objects.filter(**fields).order_by("given_on", "pk")
    return list(rows.values_list("text", "reason"))


def typed(on: bool = True, pattern: str = rules.NUMBER_PATTERN, version: int = 0) -> NumberRule:
    values = {"is_typed": on, "pattern": pattern}
    return numbers.set_rule(by=make.by(), version=version, values=values)


def taken_back(agreement: Agreement, reason: str = "Zmiana miejsca") -> Agreement:
    agreement.refresh_from_db()
    return sending.take_back(
        by=make.by(), agreement_id=agreement.pk, version=agreement.version, reason=reason
    )


@pytest.mark.usefixtures("in_partnership")
def test_it_gets_the_next_number_of_the_year_which_stands_wherever_it_is_named() -> None:
    make.sent(make.whole("A"))
    agreement = make.sent(make.whole("B"))
    number = f"POR/2/{YEAR}"
    assert agreement.number == number
    assert agreement.document is not None
    assert agreement.document.context["number"] == number
    assert f"Porozumienie nr {number}, wariant B" in agreement.document.title
    assert files.name_to_sign(agreement).startswith(f"Porozumienie nr POR-2-{YEAR}, wariant B")
    office = make_people.person(Role.NETWORK_OFFICER)
    titles = [one.title for one in today.signatures_awaited(office, localdate())]
    assert titles[1] == f"Podpisy Stron: Porozumienie (nr {number}, wariant B)"
    assert held() == [(f"POR/1/{YEAR}", ""), (number, "")]


@pytest.mark.usefixtures("in_partnership")
def test_another_year_begins_its_own_series() -> None:
    make.sent(make.whole("A"))
    agreement, by = make.whole("A"), replace(make.by(), day=date(YEAR + 1, 1, 2))
    with transaction.atomic():
        assert numbers.give(by, agreement, "") == f"POR/1/{YEAR + 1}"


@pytest.mark.usefixtures("in_partnership")
def test_what_is_taken_back_keeps_its_number_as_cancelled_and_gets_another() -> None:
    agreement = make.sent(make.whole("A"))
    taken_back(agreement)
    agreement.refresh_from_db()
    assert agreement.number == ""
    assert held() == [(f"POR/1/{YEAR}", "Zmiana miejsca")]
    assert make.sent(agreement).number == f"POR/2/{YEAR}"
    row = AgreementNumber.objects.get(serial=1)
    assert (row.state, row.cancelled_on) == ("anulowany", localdate())
    data = Entry.objects.filter(verb="AGREEMENT_TAKEN_BACK").latest("at").data
    assert data["number"] == [f"POR/1/{YEAR}", None]


@pytest.mark.usefixtures("in_partnership")
def test_what_did_not_come_into_force_shows_a_cancelled_number() -> None:
    day = localdate()
    agreement = make.sent(make.whole("A", force="DEADLINE", sign_by=day))
    force.look_at(by=replace(make.by(), day=day + timedelta(days=1)), agreement_id=agreement.pk)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.number) == ("FAILED", f"POR/1/{YEAR}")
    ((_, why),) = held()
    assert "podpis" in why
    taken_back(agreement)
    assert held() == [(f"POR/1/{YEAR}", why)]


@pytest.mark.usefixtures("in_partnership")
def test_an_office_with_an_ezd_types_a_number_that_no_other_has() -> None:
    typed()
    first, second = make.whole("A"), make.whole("A")
    for wrong in ("", "bez cyfry", "OPS 031", "ops.031.4"):
        with pytest.raises(ValidationError) as refused:
            make.sent(second, number=wrong)
        assert [*refused.value.message_dict] == ["number"]
        assert Agreement.objects.get(pk=second.pk).is_draft
        if not held():
            make.sent(first, number="OPS.031.4")
    assert make.sent(second, number="OPS.031.5").number == "OPS.031.5"
    # The EZD gave it to this agreement alone, so it comes again with the mended text.
    taken_back(first)
    first.refresh_from_db()
    assert make.sent(first, number="OPS.031.4").number == "OPS.031.4"
    assert held(cancelled_on=None) == [("OPS.031.5", ""), ("OPS.031.4", "")]


@pytest.mark.usefixtures("in_partnership")
def test_a_number_of_the_series_that_was_typed_before_is_refused() -> None:
    typed()
    make.sent(make.whole("A"), number=f"por/1/{YEAR}")
    typed(False, version=1)
    agreement = make.whole("A")
    with pytest.raises(Problem, match="już zajęty"):
        make.sent(agreement)
    typed(False, pattern="P/{nr}/{rok}", version=2)
    assert make.sent(agreement).number == f"P/1/{YEAR}"


@pytest.mark.usefixtures("in_partnership")
def test_the_rule_is_the_offices_and_a_later_change_is_not_lost() -> None:
    typed(False, pattern="{nr}.{rok}")
    with pytest.raises(AlreadySaved):
        typed(False, pattern="{nr}.{rok}")
    with pytest.raises(StaleForm):
        typed(True)
    for wrong in ("POR/{rok}", "POR/{nr}", "{nr}{nr}/{rok}", "POR {nr}/{rok}"):
        with pytest.raises(ValidationError):
            typed(False, pattern=wrong, version=1)
    stranger = make_people.by(
        make_people.person(Role.PARTNER_HEAD, organisation=make_people.organisation())
    )
    with pytest.raises(Refused):
        numbers.set_rule(by=stranger, version=1, values={"is_typed": True, "pattern": "{nr}/{rok}"})
    assert NumberRule.objects.count() == 1


def test_of_two_at_once_each_has_a_number_and_a_rolled_back_one_leaves_no_gap(
    tenant: TenantRef,
) -> None:
    with inside(tenant):
        who = make_people.by(make_people.lead())
        drafts = [make.whole("A", 2, who) for _ in range(4)]

        with transaction.atomic():
            assert numbers.give(who, drafts[0], "") == f"POR/1/{YEAR}"
            transaction.set_rollback(True)

    def give(draft: Agreement) -> Any:
        def work() -> str:
            with transaction.atomic():
                return numbers.give(who, draft, "")

        return work

    given = at_once(tenant, *map(give, drafts))
    assert sorted(given) == [f"POR/{number}/{YEAR}" for number in range(1, 5)]


def test_the_register_shows_all_numbers_and_their_reasons(partnership: TenantRef) -> None:
    with inside(partnership):
        office, _ = make_people.signed_in(partnership, Role.NETWORK_OFFICER)
        agreement = make.sent(make.whole("A"))
        taken_back(agreement, "Zmiana Stron")
        agreement.refresh_from_db()
        make.sent(agreement)

        page = office.get(f"{AT}/numery/").content.decode()
        assert all(said in page for said in (f"POR/1/{YEAR}", f"POR/2/{YEAR}", "Zmiana Stron"))
        cancelled = office.get(f"{AT}/numery/?stan=anulowane").content.decode()
        assert f"POR/1/{YEAR}" in cancelled
        assert f">POR/2/{YEAR}" not in cancelled
        shown = office.get(f"{AT}/{agreement.pk}/").content.decode()
        assert f"Porozumienie nr POR/2/{YEAR}" in shown


def test_the_rule_is_changed_on_its_page_and_the_number_is_asked_for_at_sending(
    partnership: TenantRef,
) -> None:
    with inside(partnership):
        office: Client = make_people.signed_in(partnership, Role.NETWORK_OFFICER)[0]
        said = {"version": 0, "is_typed": "on", "pattern": "P/{nr}/{rok}"}
        for _ in range(2):
            assert office.post(f"{AT}/numery/sposob/", said).status_code == 302
        agreement = make.whole("A")
        at = f"{AT}/{agreement.pk}/do-podpisu/"
        copies = {"version": agreement.version, "copies": "COUNTERPARTS", "copies_count": ""}
        assert office.post(at, copies).status_code == 422
        assert office.post(at, {**copies, "number": "EZD.7"}).status_code == 302
        assert Agreement.objects.get().number == "EZD.7"
