"""Permissions for cards of services and the basket (REG §3)."""

from django.utils import timezone

from kooperacja.permissions import permission
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck, ServiceReport
from tenants.baskets.models.editions import Edition
from tenants.baskets.models.imports import ImportFile
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.searches import SavedSearch
from tenants.baskets.models.services import Service
from tenants.baskets.owners import sides_of, speaks_for
from tenants.baskets.standing import belongs, is_of_lead
from tenants.baskets.workflow import EntryState
from tenants.people.models import Person, holds
from tenants.people.perms import (
    OFFICE,
    OFFICE_AND_DPO,
    OR_OFFICER_OF,
    is_of_office,
    voiced_organisations,
    works_for_member,
)
from tenants.services.visibility import Visibility, reaches

_USING = "§ 3 ust. 4 regulaminu"
_SUBMITTING = "§ 3 ust. 2 regulaminu"
_KEEPS = (
    "Kartę usług prowadzi koordynator Partnerstwa albo kierujący tą instytucją, a w ich imieniu także "
    "ośrodek."
)


@permission("Koszyk usług widzą pracownicy Lidera i kooperantów.", _USING)
def see_basket(person: Person | None) -> bool:
    """People of an institution that has left see it no longer."""
    return works_for_member(person)


@permission("Braki w koszyku widzą pracownicy Lidera i kooperantów.", "§ 3 ust. 1 regulaminu")
def see_gaps(person: Person | None) -> bool:
    return see_basket(person)


@permission(
    "Wydania koszyka czytają pracownicy Lidera i instytucji, które należą do Partnerstwa.", _USING
)
def read_editions(person: Person | None) -> bool:
    return see_basket(person)


@permission(read_editions.why, _USING)
def read_edition(person: Person | None, edition: Edition) -> bool:
    """Every edition is for every member; what stands in it, as far as each sees."""
    return read_editions(person)


@permission(f"Koszyk wydaje {OR_OFFICER_OF}", "§ 3 ust. 3 regulaminu")
def issue_editions(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(f"Dane z pliku wczytuje {OR_OFFICER_OF}", "§ 3 ust. 3 regulaminu")
def bring_in(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(bring_in.why, bring_in.clause)
def see_import(person: Person | None, file: ImportFile) -> bool:
    return bring_in(person)


@permission("Zasoby i kompetencje widzą pracownicy Lidera i kooperantów.", "§ 1 ust. 9 regulaminu")
def see_resources(person: Person | None) -> bool:
    return see_basket(person)


@permission("Zapisane szukanie widzi tylko ten, kto je zapisał.", _USING)
def keep_search(person: Person | None, search: SavedSearch) -> bool:
    """Its reader alone, for as long as they read the basket."""
    return see_basket(person) and person is not None and person.account_id == search.account_id


def reach_of(person: Person | None) -> Visibility:
    """How far into the basket a reader of it sees."""
    return Visibility.OFFICE if is_of_office(person) else Visibility.TENANT


def reach_for(person: Person | None, card: Card) -> Visibility:
    """How far they see on a card: whoever speaks for its owner sees all of it."""
    return Visibility.OFFICE if speaks_for(person, card) else reach_of(person)


@permission("Karty usług widzą instytucje, które je prowadzą, i ośrodek.", _SUBMITTING)
def see_cards(person: Person | None) -> bool:
    """Whoever keeps a card opens the list, which shows each what is theirs."""
    return holds(person, OFFICE_AND_DPO) or bool(voiced_organisations(person))


@permission("Wszystkie karty usług widzi ośrodek.", "§ 3 ust. 3 regulaminu")
def see_all_cards(person: Person | None) -> bool:
    return holds(person, OFFICE_AND_DPO)


@permission("Kartę usług widzi instytucja, która ją prowadzi, i ośrodek.", _SUBMITTING)
def see_card(person: Person | None, card: Card) -> bool:
    return see_all_cards(person) or speaks_for(person, card)


@permission("Usługę widzą ci, których wybrała instytucja, i ośrodek.", _USING)
def see_service(person: Person | None, service: Service) -> bool:
    """Whoever keeps the card; else readers of the basket, once it stands there and as far as they see."""
    if see_card(person, service.card):
        return True
    if not see_basket(person) or not belongs(service, timezone.localdate()):
        return False
    entry = service.entries.filter(state=EntryState.ACCEPTED).only("sees_service").first()
    return entry is not None and reaches(reach_of(person), Visibility(entry.sees_service))


@permission("Poprzednie opisy usługi widzi instytucja, która ją prowadzi, i ośrodek.", _SUBMITTING)
def see_history(person: Person | None, service: Service) -> bool:
    return see_card(person, service.card)


@permission(_KEEPS, _SUBMITTING)
def begin_cards(person: Person | None) -> bool:
    return holds(person, OFFICE) or bool(voiced_organisations(person))


@permission(f"Karty zasobów społeczności prowadzi {OR_OFFICER_OF}", "§ 3 ust. 3 regulaminu")
def keep_community(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(_KEEPS, _SUBMITTING)
def keep_card(person: Person | None, card: Card) -> bool:
    return holds(person, OFFICE) or speaks_for(person, card)


@permission(f"Karty usług łączy {OR_OFFICER_OF}", "§ 3 ust. 3 regulaminu")
def merge_cards(person: Person | None, card: Card) -> bool:
    return holds(person, OFFICE)


@permission("Jakość opisów widzą instytucja, która prowadzi kartę, i ośrodek.", _SUBMITTING)
def see_score(person: Person | None, card: Card) -> bool:
    return keep_card(person, card)


@permission("Jakość opisów widzą instytucja, która prowadzi kartę, i ośrodek.", _SUBMITTING)
def see_scores(person: Person | None) -> bool:
    """On the list of cards: where it shows others' cards too, the office alone."""
    return holds(person, OFFICE) or not see_all_cards(person)


@permission(
    "Kartę do katalogu województwa przenosi koordynator Partnerstwa albo kierujący tą instytucją.",
    _SUBMITTING,
)
def begin_master(person: Person | None, card: Card) -> bool:
    """A kooperant's own people, and not the office: they keep it there for all units."""
    return card.organisation_id is not None and speaks_for(person, card)


@permission(_KEEPS, _SUBMITTING)
def see_check(person: Person | None, check: CardCheck) -> bool:
    return keep_card(person, check.card)


@permission(_KEEPS, _SUBMITTING)
def keep_service(person: Person | None, service: Service) -> bool:
    return keep_card(person, service.card)


@permission(f"Usługi przyjmuje do koszyka {OR_OFFICER_OF}", "§ 3 ust. 3 regulaminu")
def review(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(_KEEPS, "§ 3 ust. 3 regulaminu")
def take_in(person: Person | None, service: Service) -> bool:
    """Nobody else has to look at what stands on a card that the Lider keeps."""
    return review(person) and is_of_lead(service.card, timezone.localdate())


@permission(_KEEPS, "§ 3 ust. 6 regulaminu")
def settle_report(person: Person | None, report: ServiceReport) -> bool:
    return keep_service(person, report.service)


@permission("O przyjęcie pytają pracownicy Lidera i kooperantów.", _USING)
def ask_for(person: Person | None, service: Service) -> bool:
    """Whoever finds it in the basket; people of its own institution need not ask."""
    if person is None or not see_basket(person) or not see_service(person, service):
        return False
    return bool(sides_of(person, timezone.localdate()) - {service.card.organisation_id})


@permission("Zapytania o przyjęcie widzą ośrodek i instytucje, które pytają i odpowiadają.", _USING)
def see_referral(person: Person | None, referral: Referral) -> bool:
    return (
        holds(person, OFFICE)
        or withdraw_referral(person, referral)
        or answer_referral(person, referral)
    )


@permission(
    "Na zapytanie odpowiada instytucja, która prowadzi usługę, a za zasób społeczności ośrodek.",
    _USING,
)
def answer_referral(person: Person | None, referral: Referral) -> bool:
    """The Lider asks a resource of the community, which has nobody here, and says what it heard."""
    return speaks_for(person, referral.service.card) or take_in(person, referral.service)


@permission("Zapytanie wycofuje instytucja, która zapytała.", _USING)
def withdraw_referral(person: Person | None, referral: Referral) -> bool:
    if not see_basket(person):
        return False
    return referral.asking_id in sides_of(person, timezone.localdate())
