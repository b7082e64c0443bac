"""From a draft to the basket: what was accepted stays until the Lider accepts what follows (REG §3.2–3.5)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.baskets.actions import cards, entries, services
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.said import Seen, changes, told_at_once
from tenants.baskets.workflow import EntryState
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people


def in_basket(service: Service) -> ServiceEntry:
    return service.entries.get(state=EntryState.ACCEPTED)


def test_a_kooperant_has_one_card_and_the_lider_too(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    own = cards.begin(by=coordinator, key=uuid7(), of=str(kooperant.pk))
    with pytest.raises(AlreadySaved) as saved:
        cards.begin(by=office, key=uuid7(), of=str(kooperant.pk))
    assert saved.value.obj == own
    cards.begin(by=office, key=uuid7(), of="lider")
    with pytest.raises(AlreadySaved):
        cards.begin(by=office, key=uuid7(), of="lider")
    assert Card.objects.count() == 2


def test_a_card_says_what_its_owner_can_lend(coordinator: Actor, kooperant: Organisation) -> None:
    card = make.card(coordinator, kooperant)
    values = {"competences": "Psycholog: terapia rodzin.", "resources": "Sala na 20 osób."}
    cards.edit(by=coordinator, card_id=card.pk, version=0, values=values)
    with pytest.raises(StaleForm):
        cards.edit(by=coordinator, card_id=card.pk, version=0, values={"resources": "Nic."})
    assert Card.objects.get().resources == "Sala na 20 osób."


def test_nobody_begins_a_card_for_another(coordinator: Actor) -> None:
    other = make_people.organisation()
    for of in (str(other.pk), "lider"):
        with pytest.raises(ValidationError):
            cards.begin(by=coordinator, key=uuid7(), of=of)
    assert not Card.objects.exists()


def test_an_institution_that_left_begins_no_card(office: Actor) -> None:
    never_joined = make_people.organisation()
    with pytest.raises(ValidationError):
        cards.begin(by=office, key=uuid7(), of=str(never_joined.pk))


def test_the_coordinator_describes_and_the_lider_takes_it_in(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    service = make.filed(coordinator, kooperant)
    with pytest.raises(Refused):
        make.taken_in(coordinator, service)
    assert service.latest.state == EntryState.FILED

    service = make.taken_in(office, service)

    assert service.latest.state == EntryState.ACCEPTED
    assert (service.confirmed_on, service.confirmed_how) == (coordinator.today, How.OWNER)
    assert service.due_on == coordinator.today + timedelta(days=365)
    verbs = ["SERVICE_ADDED", "SERVICE_FILED", "SERVICE_ACCEPTED"]
    assert set(verbs) <= set(Entry.objects.values_list("verb", flat=True))


def test_what_stands_in_the_basket_stays_while_another_text_is_on_its_way(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    before = in_basket(service)

    service = make.refiled(coordinator, service, phone="77 400 00 09", access="Przyjdź.")

    assert in_basket(service) == before
    lines = changes(before, service.latest, office.today)
    assert [(one.label, one.before, one.after) for one in lines] == [
        ("Co zrobić", "Zadzwoń i umów się.", "Przyjdź."),
        ("Telefon", "77 400 00 01", "77 400 00 09"),
    ]
    seen = Seen(before, Visibility.TENANT, office.today)
    assert told_at_once(seen, service.latest) == ["telefon: 77 400 00 09"]

    service = make.taken_in(office, service)
    assert in_basket(service).phone == "77 400 00 09"
    before.refresh_from_db()
    assert before.state == EntryState.REPLACED


def test_mending_a_typo_confirms_nothing(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    with time_machine.travel(office.today - timedelta(days=100)):
        service = make.accepted(office, kooperant)
    confirmed = service.confirmed_on

    service = make.taken_in(office, make.refiled(coordinator, service, about="Rozmowa."))

    assert service.changed_on == office.today
    assert service.confirmed_on == confirmed


def test_a_confirmation_since_then_is_not_undone_by_accepting_an_older_text(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    service = make.handed_in(
        coordinator, make.changed(coordinator, service, access="Przyjdź."), How.OWNER
    )
    later = office.today + timedelta(days=9)
    with time_machine.travel(later):
        service = services.confirm(by=office, service_id=service.pk, how=How.PHONE)
        service = make.taken_in(office, service)
    assert (service.confirmed_on, service.confirmed_how) == (later, How.PHONE)


def test_what_waits_for_the_lider_is_not_changed_meanwhile(
    coordinator: Actor, kooperant: Organisation
) -> None:
    service = make.filed(coordinator, kooperant)
    with pytest.raises(Problem, match="czeka na Lidera"):
        make.changed(coordinator, service, name="Inna")
    assert service.latest.name != "Inna"

    service = entries.take_back(by=coordinator, service_id=service.pk, version=service.version)
    assert make.changed(coordinator, service, name="Inna").latest.name == "Inna"


def test_two_reviewers_decide_once(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    service = make.filed(coordinator, kooperant)
    seen = service.version
    make.taken_in(office, service)
    with pytest.raises(AlreadySaved):
        entries.accept(by=office, service_id=service.pk, version=seen)
    with pytest.raises(Problem):
        entries.send_back(by=office, service_id=service.pk, version=seen, reason="Za krótko.")
    assert service.latest.state == EntryState.ACCEPTED


def test_of_two_who_edit_the_second_sees_both_texts(
    coordinator: Actor, office: Actor, kooperant: Organisation
) -> None:
    service = make.drafted(coordinator, kooperant)
    seen, values = service.version, make.said(name="Pierwsza")
    entries.edit(by=coordinator, service_id=service.pk, version=seen, values=values)
    with pytest.raises(StaleForm) as stale:
        entries.edit(by=office, service_id=service.pk, version=seen, values=make.said(name="Druga"))
    assert stale.value.current.name == "Pierwsza"
    with pytest.raises(AlreadySaved):
        entries.edit(by=office, service_id=service.pk, version=seen, values=values)
    assert ServiceEntry.objects.get().name == "Pierwsza"


def test_what_came_back_is_mended_and_handed_in_again(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    service = make.filed(coordinator, kooperant)
    service = entries.send_back(
        by=office, service_id=service.pk, version=service.version, reason="Podaj godziny."
    )
    assert service.latest.reason == "Podaj godziny."

    service = make.refiled(coordinator, service, hours_about="po wcześniejszym umówieniu")

    assert (service.latest.state, service.latest.reason) == (EntryState.FILED, "")


def test_of_a_service_that_ended_nothing_more_is_said(
    office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    services.end(by=office, service_id=service.pk, ended_on=office.today, why="")
    before = Service.objects.values().get()
    acts: list[Any] = [
        lambda: make.changed(office, service, name="Inna"),
        lambda: services.confirm(by=office, service_id=service.pk, how=How.PHONE),
        lambda: services.stop(
            by=office, service_id=service.pk, from_on=office.today, until_on=None, why=""
        ),
    ]
    for act in acts:
        with pytest.raises(Problem, match="nie działa"):
            act()
    assert Service.objects.values().get() == before


def test_another_kooperant_keeps_no_card_of_this_one(
    kooperant: Organisation, office: Actor
) -> None:
    service = make.accepted(office, kooperant)
    stranger = make_people.by(
        make_people.person(Role.PARTNER_COORDINATOR, organisation=make_people.organisation())
    )
    before = list(ServiceEntry.objects.values())
    acts: list[Any] = [
        lambda: make.changed(stranger, service, name="Inna"),
        lambda: services.confirm(by=stranger, service_id=service.pk, how=How.OWNER),
        lambda: services.end(by=stranger, service_id=service.pk, ended_on=office.today, why=""),
        lambda: entries.add(by=stranger, card_id=service.card_id, key=uuid7(), values=make.said()),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert list(ServiceEntry.objects.values()) == before
    assert Service.objects.get().ended_on is None


def test_a_break_ends_by_itself_and_not_before_it_begins(
    office: Actor, kooperant: Organisation
) -> None:
    service, today = make.accepted(office, kooperant), office.today
    with pytest.raises(ValidationError, match="until_on"):
        services.stop(
            by=office,
            service_id=service.pk,
            from_on=today,
            until_on=today - timedelta(days=1),
            why="",
        )
    service = services.stop(
        by=office,
        service_id=service.pk,
        from_on=today,
        until_on=today + timedelta(days=2),
        why="urlop",
    )
    days = [today + timedelta(days=number) for number in range(-1, 4)]
    assert [service.is_stopped(day) for day in days] == [False, True, True, True, False]


def test_a_draft_goes_and_what_was_accepted_stays(coordinator: Actor, office: Actor) -> None:
    kooperant = Organisation.objects.get(name="Poradnia Zmyślona")
    draft = make.drafted(coordinator, kooperant, name="Pomysł")
    entries.discard(by=coordinator, service_id=draft.pk, version=draft.version)
    assert not Service.objects.exists()
    service = make.accepted(office, kooperant)
    with pytest.raises(Problem, match="Nie ma szkicu"):
        entries.discard(by=coordinator, service_id=service.pk, version=service.version)
    service = make.changed(coordinator, service, access="Przyjdź.")
    entries.discard(by=coordinator, service_id=service.pk, version=service.version)
    assert [one.access for one in service.entries.all()] == ["Zadzwoń i umów się."]


def test_a_draft_of_another_kooperant_stays(coordinator: Actor, office: Actor) -> None:
    draft = make.drafted(office, None)
    before = list(ServiceEntry.objects.values())
    with pytest.raises(Refused):
        entries.discard(by=coordinator, service_id=draft.pk, version=draft.version)
    assert list(ServiceEntry.objects.values()) == before
