"""Cards of services and the basket in the exit package of a tenant."""

from collections.abc import Callable, Iterator
from typing import Any

from kooperacja.offers import Pack
from tenants.baskets.following import area_said
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.answers import CheckAnswer
from tenants.baskets.models.campaigns import Campaign
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck, ServiceReport
from tenants.baskets.models.duplicates import DistinctServices, ServiceMerge
from tenants.baskets.models.editions import EditionItem
from tenants.baskets.models.merges import CardMerge
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.services.hours import typed_days
from tenants.services.terms import Has
from tenants.services.units import typed

_REPORTS = ["czyja", "usługa", "co jest nie tak", "zgłoszono", "kto", "załatwiono", "kto załatwił"]
_ADOPTIONS = [
    *("czyja", "usługa", "z karty", "przyjęta", "kto przyjął", "odłączona", "kto odłączył"),
    *("jak skorzystać u nas", "teren", "ulica i numer", "kod pocztowy", "miejscowość"),
    *("godziny", "uwagi o godzinach", "osoba do kontaktu", "telefon", "adres e-mail"),
]
_CHECKS = ["czyja", "od", "do", "stan", "próby kontaktu"]
_ANSWERS = ["czyja", "usługa", "odpowiedź", "skąd to wiadomo", "kiedy", "kto"]
_CAMPAIGNS = [
    *("kampania", "od", "do", "stan", "rozpoczęta", "zakończona"),
    *("czyja", "stan karty", "usługi", "potwierdzone", "kontakt"),
]
_ALIKE = ["usługa", "podobna usługa", "ustalono", "kiedy", "kto"]
_CARD_MERGES = ["karta", "zostaje", "przeniesiona usługa", "powód", "kiedy", "kto"]
_EDITIONS = [
    *("wydanie", "z dnia", "kto wydał", "czyja", "usługa", "numer opisu", "uwagi"),
    *("potwierdzona", "usługę widzieli", "kontakt widzieli", "adres widzieli"),
]
_CARDS = ["czyja", "spoza Partnerstwa", "założona", "kompetencje", "zasoby"]
_SERVICES = [
    *("czyja", "usługa", "treść zmieniona", "potwierdzona", "jak", "kto potwierdził"),
    *("do potwierdzenia", "przejrzana", "przerwa od", "przerwa do", "powód przerwy"),
    *("nie działa od", "powód zakończenia"),
]
_STEPS = [
    *("czyja", "usługa", "numer", "stan", "przekazana", "kto przekazał", "jak potwierdził"),
    *("rozpatrzona", "kto rozpatrzył", "co poprawić"),
]


def write_cards(pack: Pack) -> None:
    """Every card, and everything that was said of its services in turn."""
    pack.sheet("koszyk/karty", _CARDS, _cards())
    pack.sheet("koszyk/uslugi", _SERVICES, _services())
    pack.sheet("koszyk/opisy", [*_STEPS, *_SAID], _entries())
    pack.sheet("koszyk/bledy", _REPORTS, _reports())
    pack.sheet("koszyk/z-katalogu", _ADOPTIONS, _adoptions())
    pack.sheet("koszyk/potwierdzanie", _CHECKS, _checks())
    pack.sheet("koszyk/odpowiedzi", _ANSWERS, _answers())
    pack.sheet("koszyk/kampanie", _CAMPAIGNS, _campaigns())
    pack.sheet("koszyk/powtorzenia", _ALIKE, _alike())
    pack.sheet("koszyk/polaczone-karty", _CARD_MERGES, _card_merges())
    pack.sheet("koszyk/wydania", _EDITIONS, _editions())


def _reports() -> Iterator[list[Any]]:
    rows = ServiceReport.objects.select_related("service__card__organisation")
    for one in rows.order_by("reported_on", "pk"):
        about = [one.service.card.owner, one.service.name, one.text, one.reported_on, one.by_name]
        yield [*about, one.settled_on, one.settled_by_name]


def _adoptions() -> Iterator[list[Any]]:
    rows = Adoption.objects.select_related("service__card__organisation")
    for one in rows.order_by("adopted_on", "pk"):
        yield [
            *(one.service.card.owner, one.service.name, one.origin),
            *(one.adopted_on, one.adopted_by_name, one.detached_on, one.detached_by_name),
            *(one.note, area_said(one.units), one.street, one.postal_code, one.city),
            *(one.opening.said if one.opening else "", one.hours_about),
            *(one.contact_name, one.phone, one.email),
        ]


def _checks() -> Iterator[list[Any]]:
    rows = CardCheck.objects.select_related("card__organisation").prefetch_related("calls")
    for one in rows.order_by("opened_on", "pk"):
        tried = (
            f"{call.called_on} {call.get_how_display()} ({call.by_name})"
            for call in one.calls.all()
        )
        about = [one.card.owner, one.opened_on, one.closed_on, one.get_state_display()]
        yield [*about, "; ".join(tried)]


def _answers() -> Iterator[list[Any]]:
    rows = CheckAnswer.objects.select_related("service__card__organisation")
    for one in rows.order_by("answered_on", "pk"):
        about = [one.service.card.owner, one.service.name, one.get_answer_display()]
        yield [*about, one.get_how_display(), one.answered_on, one.by_name]


def _campaigns() -> Iterator[list[Any]]:
    """Each campaign, and how far each card had come where it has finished."""
    rows = Campaign.objects.prefetch_related("cards__card__organisation")
    for one in rows.order_by("from_on", "pk"):
        about = [one.name, one.from_on, one.until_on, one.get_state_display()]
        about += [one.started_on, one.finished_on]
        results = [
            [row.card.owner, row.get_progress_display(), row.services, row.settled, row.contact]
            for row in one.cards.all()
        ]
        for result in results or [[""] * 5]:
            yield [*about, *result]


def _alike() -> Iterator[list[Any]]:
    for one in DistinctServices.objects.select_related("first", "second").order_by("pk"):
        yield [one.first.name, one.second.name, "dwie", one.decided_on, one.decided_by_name]
    for merge in ServiceMerge.objects.select_related("source", "target").order_by("pk"):
        names = [merge.source.name, merge.target.name]
        yield [*names, "zostaje druga", merge.merged_on, merge.merged_by_name]


def _card_merges() -> Iterator[list[Any]]:
    """Each retired card, and the services that came from it."""
    rows = CardMerge.objects.select_related("source__organisation", "target__organisation")
    for one in rows.prefetch_related("moves__service").order_by("merged_on", "pk"):
        names = [move.service.name for move in one.moves.all()]
        for name in names or [""]:
            about = [one.source.owner, one.target.owner, name]
            yield [*about, one.reason, one.merged_on, one.merged_by_name]


def _editions() -> Iterator[list[Any]]:
    rows = EditionItem.objects.select_related("edition", "entry__service")
    for one in rows.order_by("edition__number", "pk"):
        edition, entry = one.edition, one.entry
        levels = (one.get_sees_service_display(), one.get_sees_contact_display())
        yield [
            *(edition.number, edition.issued_on, edition.issued_by_name, one.owner),
            *(entry.service.name, entry.number, one.remarks, one.confirmed_on, *levels),
            one.get_sees_place_display(),
        ]


def _cards() -> Iterator[list[Any]]:
    for one in Card.objects.select_related("organisation").order_by("begun_on", "pk"):
        yield [
            one.owner,
            "tak" if one.is_community else "nie",
            one.begun_on,
            one.competences,
            one.resources,
        ]


def _services() -> Iterator[list[Any]]:
    for one in Service.objects.select_related("card__organisation").order_by("created_at", "pk"):
        yield [
            *(one.card.owner, one.name, one.changed_on, one.confirmed_on),
            *(one.get_confirmed_how_display(), one.confirmed_by_name, one.due_on, one.reviewed_on),
            *(one.stopped_from, one.stopped_until, one.stopped_why, one.ended_on, one.ended_why),
        ]


# All that an entry says, by its heading.
_SAID: dict[str, Callable[[ServiceEntry], Any]] = {
    "nazwa": lambda one: one.name,
    "rodzaj": lambda one: one.type.name if one.type else one.type_code,
    "na czym polega": lambda one: one.about,
    "dla kogo": lambda one: one.groups_said,
    "gdzie": lambda one: one.ways_said,
    "wiek od": lambda one: one.age_from,
    "wiek do": lambda one: one.age_until,
    "gminy i powiaty": lambda one: typed(one.units),
    "teren": lambda one: one.area,
    "podstawa prawna": lambda one: one.legal_basis,
    "jak skorzystać": lambda one: one.access,
    "kto kieruje": lambda one: one.referral,
    "decyzja": lambda one: "tak" if one.needs_decision else "nie",
    "warunki": lambda one: one.conditions,
    "dokumenty": lambda one: one.papers,
    "tekst łatwy do czytania": lambda one: one.easy_to_read,
    "tekst po ukraińsku": lambda one: one.in_ukrainian,
    "koszt": lambda one: one.get_cost_display(),
    "ile to kosztuje": lambda one: one.cost_about,
    "godziny": lambda one: one.opening.said if one.opening else "",
    "dni, które się różnią": lambda one: typed_days(one.opening.exceptions) if one.opening else "",
    "uwagi o godzinach": lambda one: one.hours_about,
    "czas oczekiwania w dniach": lambda one: one.waiting_days,
    "wolne miejsca": lambda one: one.places,
    "stan na dzień": lambda one: one.counted_on,
    "działa od": lambda one: one.valid_from,
    "działa do": lambda one: one.valid_until,
    "ulica i numer": lambda one: one.street,
    "kod pocztowy": lambda one: one.postal_code,
    "miejscowość": lambda one: one.city,
    "gmina adresu": lambda one: typed(one.seat),
    "adres chroniony": lambda one: "tak" if one.is_protected else "nie",
    "jest dostępne": lambda one: ", ".join(one.features_known[Has.YES]),
    "nie jest dostępne": lambda one: ", ".join(one.features_known[Has.NO]),
    "języki": lambda one: one.languages_said,
    "osoba do kontaktu": lambda one: one.contact_name,
    "telefon": lambda one: one.phone,
    "adres e-mail": lambda one: one.email,
    "strona internetowa": lambda one: one.website,
    "usługę widzą": lambda one: one.get_sees_service_display(),
    "kontakt widzą": lambda one: one.get_sees_contact_display(),
    "adres widzą": lambda one: one.get_sees_place_display(),
}


def _entries() -> Iterator[list[Any]]:
    rows = ServiceEntry.objects.select_related("service__card__organisation")
    for one in rows.order_by("service__created_at", "service", "number"):
        yield [
            *(one.service.card.owner, one.service.name, one.number, one.get_state_display()),
            *(one.filed_on, one.filed_by_name, one.get_confirmed_how_display()),
            *(one.decided_on, one.decided_by_name, one.reason),
            *(say(one) for say in _SAID.values()),
        ]
