"""Who keeps a master card: its first voice, and whoever is let in; a typed REGON gives no right (REG §3.2)."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Unproved
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.actions import ask_outside
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.baskets.actions import masters as taking_in
from tenants.baskets.models.cards import Card
from tenants.masters.actions import keepers, services
from tenants.masters.models import MasterCard, MasterKeeper, MasterService
from tenants.masters.standing import keeps
from tenants.people.models import Organisation, Person
from tenants.registry.models import Access
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import baskets as make_baskets
from tests.factories import masters as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried

Voice = tuple[Organisation, Person, Account]


def founded(tenant: TenantRef) -> TenantRef:
    with inside(tenant):
        make_partnership.found(tenant)
    return tenant


@pytest.fixture
def voice(powiat: TenantRef) -> Voice:
    """The head of an institution of the county with a service in its basket."""
    founded(powiat)
    found = make.kooperant(powiat)
    with inside(powiat):
        office = make_people.by(make_people.lead())
        make_baskets.accepted(office, found[0], name="Poradnia dla rodzin")
        make_baskets.filed(office, found[0], name="Jeszcze nie przyjęta")
    return found


@pytest.fixture
def card(powiat: TenantRef, voice: Voice) -> MasterCard:
    make.begun(powiat, voice[1], voice[0])
    return MasterCard.objects.get()


def text_of(answer: Any) -> str:
    """A page without the spaces that keep words together."""
    return str(answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))


def mails(code: str) -> list[str]:
    """The addresses of mails of one kind."""
    rows = OutgoingMessage.objects.filter(kind="MAIL", dedupe__startswith=f"{code}:")
    return sorted(row.dedupe.rpartition(":")[2] for row in rows)


def test_a_head_brings_the_accepted_services_and_keeps_the_card(
    card: MasterCard, voice: Voice
) -> None:
    institution, _, account = voice
    assert (card.name, card.regon) == (institution.name, institution.regon)
    service = MasterService.objects.get()
    assert (service.name, service.card, service.phone) == (
        "Poradnia dla rodzin",
        card,
        "77 400 00 01",
    )
    assert service.confirmed_on == timezone.localdate()
    assert keeps(account.pk, card.pk)
    assert list(RegionEntry.objects.order_by("at").values_list("verb", flat=True)) == [
        "MASTER_BEGUN",
        "MASTER_ADDED",
    ]


def test_asked_again_nothing_is_doubled(card: MasterCard, powiat: TenantRef, voice: Voice) -> None:
    make.begun(powiat, voice[1], voice[0])
    counts = [model.objects.count() for model in (MasterCard, MasterKeeper, MasterService)]
    assert counts == [1, 1, 1]


def test_without_a_second_factor_just_shown_nothing_is_sent(
    powiat: TenantRef, voice: Voice
) -> None:
    institution, person, _ = voice
    with inside(powiat):
        own = make_baskets.card(make.by(person), institution)
        with pytest.raises(Unproved):
            taking_in.begin(
                by=replace(make.by(person), lacks_proof=True), card_id=own.pk, key=uuid7()
            )
    carried(powiat)
    assert not MasterCard.objects.exists()


def test_the_office_does_not_take_the_card_of_another_there(
    powiat: TenantRef, voice: Voice
) -> None:
    with inside(powiat):
        lead = make_people.lead()
        own = make_baskets.card(make_people.by(lead), voice[0])
        with pytest.raises(Refused):
            taking_in.begin(by=make_people.by(lead), card_id=own.pk, key=uuid7())


def test_without_a_regon_there_is_no_such_card(powiat: TenantRef) -> None:
    founded(powiat)
    institution, person, _ = make.kooperant(powiat, "")
    with inside(powiat):
        own = make_baskets.card(make.by(person), institution)
        with pytest.raises(Problem, match="nie ma tu numeru REGON"):
            taking_in.begin(by=make.by(person), card_id=own.pk, key=uuid7())


def test_a_typed_regon_gives_no_right_to_the_card_of_another(
    card: MasterCard, voice: Voice, gmina: TenantRef
) -> None:
    """A unit may enter anybody's REGON for an institution of its own."""
    founded(gmina)
    impostor_of, impostor, account = make.kooperant(gmina, card.regon)
    with inside(gmina):
        make_baskets.accepted(
            make_people.by(make_people.lead()), impostor_of, name="Podrzucona usługa"
        )
    make.begun(gmina, impostor, impostor_of)
    assert not keeps(account.pk, card.pk)
    service = MasterService.objects.get()  # nothing was brought
    assert service.name == "Poradnia dla rodzin"
    with pytest.raises(Refused):
        services.confirm(by=accounts.acting(account), service_id=service.pk)
    with pytest.raises(Refused):
        services.add(
            by=accounts.acting(account), card_id=card.pk, key=uuid7(), values=make_baskets.said()
        )
    request = MasterKeeper.objects.get(account=account)
    with pytest.raises(Refused):
        keepers.admit(by=accounts.acting(account), keeper_id=request.pk)
    client = accounts.with_fresh_factor(accounts.client_of(account))
    for at in (card.url, service.url, service.url_of("edit"), f"{card.url}usluga/"):
        assert client.get(at).status_code == 404
    assert MasterService.objects.get() == service
    assert MasterKeeper.objects.get(account=account).is_waiting
    assert mails("master-asked") == [voice[2].email]


def test_a_forged_message_of_a_unit_makes_nobody_a_keeper(
    gmina: TenantRef, powiat: TenantRef, voice: Voice
) -> None:
    """What a unit writes into its outbox is held to the accesses of the shared plane."""
    stranger = accounts.account()
    forged = {
        "account_id": stranger.pk,
        "by_name": "Ktokolwiek",
        "name": "Cudza",
        "regon": voice[0].regon,
        "services": [],
    }
    with inside(gmina):
        ask_outside(kind="MASTER_BEGIN", payload=forged, dedupe="forged")
        # Who speaks for it in the county does not speak for it through the gmina.
        there = {**forged, "account_id": voice[2].pk}
        ask_outside(kind="MASTER_BEGIN", payload=there, dedupe="forged-too")
    carried(gmina)
    assert not MasterCard.objects.exists()


def test_a_keeper_lets_in_whoever_asked(card: MasterCard, voice: Voice, gmina: TenantRef) -> None:
    waiting = make.asked(card, gmina)
    client = accounts.with_fresh_factor(accounts.client_of(voice[2]))
    assert waiting.account.email in client.get(card.url).content.decode()
    at = f"/katalog/karty/opiekunowie/{waiting.pk}/dopuszczenie/"
    assert client.post(at).status_code == 302
    assert keeps(waiting.account_id, card.pk)
    assert RegionEntry.objects.latest("at").verb == "MASTER_LET_IN"


def test_so_does_a_coordinator_of_the_rops_who_may_not_speak_for_it(
    card: MasterCard, gmina: TenantRef
) -> None:
    coordinator = accounts.member(None, Role.ROPS_COORDINATOR)
    waiting = make.asked(card, gmina)
    make.let_in(waiting, coordinator)
    assert keeps(waiting.account_id, card.pk)
    with pytest.raises(Refused):
        services.confirm(by=accounts.acting(coordinator), service_id=MasterService.objects.get().pk)


def test_letting_in_asks_for_the_second_factor_again(
    card: MasterCard, voice: Voice, gmina: TenantRef
) -> None:
    waiting = make.asked(card, gmina)
    client = accounts.client_of(voice[2])
    at = f"/katalog/karty/opiekunowie/{waiting.pk}/dopuszczenie/"
    answer = client.post(at)
    assert answer["Location"].startswith("/konto/potwierdz/")
    assert not keeps(waiting.account_id, card.pk)


def test_who_left_the_institution_keeps_its_card_no_longer(card: MasterCard, voice: Voice) -> None:
    Access.objects.filter(account=voice[2]).update(ended_at=timezone.now())
    assert not keeps(voice[2].pk, card.pk)
    with pytest.raises(Refused):
        services.confirm(by=accounts.acting(voice[2]), service_id=MasterService.objects.get().pk)


def test_who_left_before_being_let_in_is_not_let_in(
    card: MasterCard, voice: Voice, gmina: TenantRef
) -> None:
    waiting = make.asked(card, gmina)
    Access.objects.filter(account=waiting.account).update(ended_at=timezone.now())
    with pytest.raises(Problem, match="nie mówi już"):
        make.let_in(waiting, voice[2])
    assert MasterKeeper.objects.get(pk=waiting.pk).is_waiting


def test_a_refused_request_may_be_made_again(
    card: MasterCard, voice: Voice, gmina: TenantRef
) -> None:
    founded(gmina)
    other, person, account = make.kooperant(gmina)
    make.begun(gmina, person, other)
    request = MasterKeeper.objects.get(account=account)
    keepers.refuse(by=accounts.acting(voice[2]), keeper_id=request.pk)
    make.begun(gmina, person, other)
    again = MasterKeeper.objects.get(account=account, ended_on=None)
    assert again.is_waiting


def test_a_keeper_who_is_ended_keeps_it_no_longer(card: MasterCard, voice: Voice) -> None:
    keeper = MasterKeeper.objects.get(account=voice[2])
    keepers.end(by=accounts.acting(voice[2]), keeper_id=keeper.pk)
    assert not keeps(voice[2].pk, card.pk)
    assert RegionEntry.objects.latest("at").verb == "MASTER_KEEPER_ENDED"


def test_from_the_card_in_the_unit_to_a_confirmation_in_the_directory(
    powiat: TenantRef, voice: Voice
) -> None:
    institution, _, account = voice
    with inside(powiat):
        own = Card.objects.get(organisation=institution)
    client = accounts.with_fresh_factor(accounts.client_of(account))
    at = f"{powiat.prefix}/koszyk/karty/{own.pk}/"
    assert "Prowadź w katalogu województwa" in text_of(client.get(at))
    assert client.post(f"{at}katalog/", {"key": uuid7()}).status_code == 302
    carried(powiat)
    assert "Karta w katalogu województwa" in text_of(client.get(at))
    service = MasterService.objects.get()
    assert service.card.url in client.get("/katalog/karty/").content.decode()
    assert service.url in client.get(service.card.url).content.decode()
    MasterService.objects.update(confirmed_on=None, due_on=None, confirmed_by_name="")
    assert "do potwierdzenia" in client.get(service.card.url).content.decode()
    assert client.post(service.url_of("confirm")).status_code == 302
    assert "do potwierdzenia" not in client.get(service.card.url).content.decode()
    now = MasterService.objects.get()
    assert (now.confirmed_on, now.name) == (timezone.localdate(), service.name)
