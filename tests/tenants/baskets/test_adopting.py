"""Units take a service over from the directory: it follows its master, and only some of it is local (REG §3.2–3.6)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import StaleForm
from tenants.baskets.actions import adopting, entries, gaps
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import GapState
from tenants.masters import tasks
from tenants.masters.actions import services
from tenants.masters.models import MasterFollowing, MasterService
from tenants.people.models import Organisation
from tenants.registry.models import Unit
from tenants.registry.roles import Role
from tenants.services.terms import Cost
from tenants.services.visibility import Visibility
from tests.factories import accounts
from tests.factories import masters as make
from tests.factories import people as make_people
from tests.tenants.baskets.adopted import (
    Followed,
    adopted,
    followed,
    institution,
    keeper,
    master,
    text_of,
)

__all__ = ["followed", "institution", "keeper", "master"]


def test_an_adopted_service_stands_in_the_basket_with_what_is_different_here(
    followed: Followed, institution: Organisation
) -> None:
    entry, service = followed.entry, followed.service
    assert service.card == Card.objects.get(organisation=institution)
    assert (entry.name, entry.phone, entry.street) == (
        "Poradnia dla rodzin",
        "77 400 00 55",
        "ul. Zmyślona 1",
    )
    assert entry.access == "Zadzwoń i umów się.\nWe wtorki w urzędzie gminy."
    assert service.confirmed_on is None  # nobody has confirmed it there yet
    assert MasterFollowing.objects.get().tenant_id == followed.tenant.id


def test_a_refusal_names_the_fields(followed: Followed) -> None:
    said = {"about": "Inaczej", "cost": Cost.PAID, "name": followed.entry.name}
    with pytest.raises(Problem) as refused:
        entries.edit(
            by=followed.office,
            service_id=followed.service_id,
            version=followed.service.version,
            values=said,
        )
    assert "Nie zmieniono: na czym polega, koszt." in refused.value.explanation


def test_adopting_twice_is_refused(followed: Followed) -> None:
    with pytest.raises(Problem, match="jest już w koszyku") as refused:
        adopted(followed.office, followed.master)
    assert refused.value.status == 409
    assert Service.objects.count() == 1


def test_the_database_refuses_a_second_adoption(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once both find that nobody adopted it yet."""
    monkeypatch.setattr(adopting, "require_offered", lambda master, by: None)
    with pytest.raises(Problem, match="jest już w koszyku"):
        adopted(followed.office, followed.master)
    assert (Service.objects.count(), Adoption.objects.count()) == (1, 1)


def test_an_area_beyond_the_borders_is_refused(
    master: MasterService, institution: Organisation, office: Actor, powiat: TenantRef
) -> None:
    elsewhere = Unit.objects.exclude(code__startswith="160501").filter(level="MUNICIPALITY")[0]
    for code in (elsewhere.code, "999999", powiat.code):
        with pytest.raises(ValidationError, match="w granicach tej jednostki"):
            adopted(office, master, units=[code])
    assert not Service.objects.exists()


def test_an_area_within_them_is_named(
    master: MasterService,
    institution: Organisation,
    office: Actor,
    in_partnership: TenantRef,
) -> None:
    service = adopted(office, master, units=[in_partnership.code])
    assert "Gogolin" in service.latest.area


def test_the_address_of_a_protected_place_can_not_be_given_here(
    keeper: Account,
    master: MasterService,
    institution: Organisation,
    office: Actor,
) -> None:
    hidden = make.service(
        keeper, master.card, name="Schronienie", is_protected=True, street="", postal_code=""
    )
    with pytest.raises(ValidationError, match="chroniony"):
        adopted(office, hidden, street="ul. Zmyślona 9", city="Wymyślonowo")
    assert not Service.objects.exists()


def test_a_unit_may_narrow_who_sees_it_and_never_widen(
    keeper: Account, master: MasterService, institution: Organisation, office: Actor
) -> None:
    narrow = make.service(keeper, master.card, name="Tylko dla OPS", sees_contact="OFFICE")
    entry = adopted(office, narrow, sees_contact="PUBLIC", sees_place="OFFICE").latest
    assert (entry.sees_contact, entry.sees_place) == (Visibility.OFFICE, Visibility.OFFICE)


def test_of_an_institution_that_is_no_kooperant_nothing_is_adopted(
    master: MasterService, office: Actor
) -> None:
    with pytest.raises(Problem, match="nie należy do Partnerstwa"):
        adopted(office, master)


def test_a_kooperant_adopts_nothing_itself(
    master: MasterService, institution: Organisation
) -> None:
    voice = make_people.person(Role.PARTNER_HEAD, organisation=institution)
    with pytest.raises(Refused):
        adopted(make_people.by(voice), master)


def test_a_master_withdrawn_while_a_unit_edits_shows_both_texts(
    followed: Followed, in_partnership: TenantRef
) -> None:
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    at = f"{in_partnership.prefix}/koszyk/uslugi/{followed.service_id}/u-nas/"
    version = followed.service.version
    followed.say(services.withdraw, why="koniec umowy")
    sent = {
        "version": version,
        "note": "Przyjmujemy w środy.",
        "phone": "77 400 00 66",
        "sees_service": "PUBLIC",
        "sees_contact": "PUBLIC",
        "sees_place": "PUBLIC",
    }
    answer = client.post(at, sent)
    html = text_of(answer)
    assert answer.status_code == 409
    assert "We wtorki w urzędzie gminy." in html
    assert "Przyjmujemy w środy." in html
    assert followed.entry.phone == "77 400 00 55"
    assert followed.waiting() == ["Przejrzyj zmianę usługi z katalogu: Poradnia dla rodzin"]
    assert Adoption.objects.get().withdrawn_on == timezone.localdate()


def test_a_local_change_on_a_version_not_seen_is_refused(followed: Followed) -> None:
    version = followed.service.version
    followed.say(services.confirm)
    with pytest.raises(StaleForm):
        adopting.set_local(
            by=followed.office,
            service_id=followed.service_id,
            version=version,
            values={"phone": "77 400 00 66"},
        )
    assert followed.entry.phone == "77 400 00 55"


def test_what_is_withdrawn_or_ended_is_not_adopted(
    master: MasterService, keeper: Account, institution: Organisation, office: Actor
) -> None:
    services.withdraw(by=accounts.acting(keeper), service_id=master.pk, why="")
    with pytest.raises(Problem, match="nie prowadzi się już w katalogu"):
        adopted(office, master)


def test_keepers_get_one_mail_for_a_card_however_many_units_follow(followed: Followed) -> None:
    followed.say(services.confirm)
    due = MasterService.objects.get(pk=followed.master.pk).due_on
    assert due is not None
    for late in (-1, 0, 1, 14, 15, 28, 42, 56, 70):
        with time_machine.travel(due + timedelta(days=late)):
            tasks.ask_keepers()
    mails = OutgoingMessage.objects.filter(dedupe__startswith="master-due:")
    assert [one.payload["email"] for one in mails] == [followed.keeper.email] * 4


def test_adopting_and_looking_through_pages(
    master: MasterService, institution: Organisation, in_partnership: TenantRef
) -> None:
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    base = f"{in_partnership.prefix}/koszyk/z-katalogu/"
    assert "Poradnia dla rodzin" in text_of(client.get(base))
    assert "Zadzwoń i umów się." in text_of(client.get(f"{base}{master.pk}/"))
    sent = {"key": uuid7(), "note": "U nas w środy."} | dict.fromkeys(
        ("sees_service", "sees_contact", "sees_place"), "PUBLIC"
    )
    answer = client.post(f"{base}{master.pk}/przyjecie/", sent)
    assert answer.status_code == 302
    shown = text_of(client.get(answer["Location"]))
    assert "Opis prowadzi instytucja w katalogu" in shown
    assert "U nas w środy." in shown
    assert "Zmień opis" not in shown
    assert "Poradnia dla rodzin" not in text_of(client.get(base)).split("<main", 1)[1]


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({"contact_name": "Anna Zmyślona"}, Visibility.TENANT),
        ({"contact_name": "Anna Zmyślona", "sees_contact": "PUBLIC"}, Visibility.PUBLIC),
        ({}, Visibility.PUBLIC),
    ],
)
def test_somebody_who_is_named_here_is_told_to_strangers_only_by_choice(
    keeper: Account,
    master: MasterService,
    institution: Organisation,
    in_partnership: TenantRef,
    said: dict[str, str],
    level: Visibility,
) -> None:
    wide = dict.fromkeys(("sees_service", "sees_contact", "sees_place"), Visibility.PUBLIC)
    open_one = make.service(keeper, master.card, name="Dla wszystkich", **wide)
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    at = f"{in_partnership.prefix}/koszyk/z-katalogu/{open_one.pk}/przyjecie/"
    sent = {"key": uuid7(), "sees_service": "PUBLIC", "sees_place": "PUBLIC", **said}
    assert client.post(at, sent).status_code == 302
    with inside(in_partnership):
        service = Service.objects.get()
        assert service.latest.sees_contact == level
    local = f"{in_partnership.prefix}/koszyk/uslugi/{service.pk}/u-nas/"
    shown = client.get(local).context["form"]["sees_contact"].value()
    assert shown == said.get("sees_contact", "")


def test_a_service_that_is_taken_over_closes_what_was_missing(
    master: MasterService, institution: Organisation, office: Actor
) -> None:
    gap = gaps.mark(
        by=office,
        key=uuid7(),
        type_code=master.type_code,
        group=master.groups[0],
        planned_on=None,
    )
    service = adopted(office, master)
    gap.refresh_from_db()
    assert (gap.state, gap.filled_with) == (GapState.FILLED, service)
