"""The list by which the office calls those who have not answered (REG §3.5.a)."""

from datetime import timedelta

import time_machine
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import checking, rounds, services
from tenants.baskets.calls import to_call
from tenants.baskets.models.checks import CardCheck
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tests.factories import baskets as make
from tests.factories import people as make_people


def test_it_names_who_did_not_answer_their_numbers_and_what_was_tried(
    office: Actor, kooperant: Organisation
) -> None:
    Organisation.objects.filter(pk=kooperant.pk).update(phone="77 400 00 00")
    first = make.accepted(office, kooperant, name="Poradnia")
    second = make.accepted(office, kooperant, name="Świetlica", phone="77 400 00 02")
    make.accepted(office, None, name="Praca socjalna")
    due = office.today + timedelta(days=365)
    with time_machine.travel(due):
        rounds.open_round(by=SYSTEM, card_id=first.card_id)
        check = CardCheck.objects.get()
        checking.call(by=office, check_id=check.pk, key=uuid7(), how=How.PHONE)
        services.confirm(by=office, service_id=second.pk, how=How.PHONE)
        (one,) = to_call(due)
        assert (one.owner, one.services) == ("Poradnia Zmyślona", "Poradnia")
        assert one.phones == "77 400 00 00, 77 400 00 01"
        assert "telefonicznie" in one.tried
        services.confirm(by=office, service_id=first.pk, how=How.PHONE)
        assert to_call(due) == []


def test_the_office_prints_it_and_nobody_else(in_partnership: TenantRef) -> None:
    at = "/gmina/gogolin/koszyk/potwierdzanie/telefony.pdf"
    lead, _ = make_people.signed_in(in_partnership, Role.LEAD)
    printed = lead.get(at)
    assert printed["Content-Type"] == "application/pdf"
    with inside(in_partnership):
        organisation = make_people.organisation()
    voice, _ = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=organisation
    )
    assert voice.get(at).status_code == 403
