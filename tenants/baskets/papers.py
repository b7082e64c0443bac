"""The Karta usług of a kooperant on paper (REG §3.2, zał. 2)."""

from dataclasses import asdict
from datetime import date
from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.models import PreparedFile
from kooperacja.documents.papers import Paper
from kooperacja.documents.preparing import ask_for_paper
from kooperacja.ui.polish import pl_date
from tenants.baskets import perms
from tenants.baskets.calls import to_call
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import ServiceEntry
from tenants.baskets.printed_facts import FACTS_EXAMPLE, ONE_SERVICE, in_two_columns
from tenants.baskets.said import all_of, confirmed_said
from tenants.baskets.standing import said_of
from tenants.partnership.models import Partnership
from tenants.partnership.papers import DAY, LEAD, lead_of
from tenants.people.models import Person

# Of each service: the label on paper, the field, an example.
_LINES = (
    ("Rodzaj", "kind", "poradnictwo rodzinne"),
    ("Na czym polega", "about", "Rozmowa o tym, co trudne w domu."),
    ("Dla kogo", "groups", "rodziny z dziećmi"),
    ("Wiek", "age", "od 16 lat"),
    ("Gdzie", "ways", "na miejscu"),
    ("Teren", "area", "cała gmina"),
    ("Podstawa prawna", "legal_basis", "art. 0 ustawy przykładowej"),
    ("Co zrobić", "access", "Zadzwoń i umów się."),
    ("Kto kieruje", "referral", "skierowania nie trzeba"),
    ("Decyzja administracyjna", "decision", "niepotrzebna"),
    ("Warunki", "conditions", "dla mieszkańców gminy"),
    ("Potrzebne dokumenty", "papers", "dowód osobisty"),
    ("Koszt", "cost", "bezpłatnie"),
    ("Tekst łatwy do czytania", "easy_to_read", "To jest rozmowa.\nMożesz przyjść sam."),
    ("Tekst po ukraińsku", "in_ukrainian", "Це розмова."),
    ("Godziny", "hours", "poniedziałek–piątek 8:00–16:00"),
    ("Dni, które się różnią", "other_days", "24 grudnia 2026 r. nieczynne"),
    ("Uwagi o godzinach", "hours_about", "po umówieniu"),
    ("Wolne miejsca", "places", "3"),
    ("Czas oczekiwania", "waiting", "14 dni"),
    ("Działa", "valid", "od 1 marca 2026 r."),
    ("Adres", "address", "ul. Przykładowa 1, 00-000 Przykładowo"),
    ("Języki", "languages", "polski"),
    ("Dostępność: jest", "has", "wejście bez stopni"),
    ("Dostępność: brak", "has_not", "winda albo wszystko na parterze"),
    ("Dostępność: nie wiadomo", "has_unknown", "pętla indukcyjna"),
    ("Osoba do kontaktu", "contact", "Anna Przykładowa"),
    ("Telefon", "phone", "77 400 00 00"),
    ("Adres e-mail", "email", "poradnia@example.pl"),
    ("Strona internetowa", "website", "https://example.pl"),
    ("Stan", "state", "w koszyku"),
    ("Potwierdzono", "confirmed", "1 marca 2026 r., instytucja: Anna Przykładowa"),
    ("Usługę widzą", "seen_by", "Lider i kooperanci tego Partnerstwa"),
)


def _may_take_card(person: Person, prepared: PreparedFile) -> bool:
    """Whoever sees the card, while no address that stands in the file was protected since."""
    card = Card.objects.get(pk=prepared.entry["card"][1])
    _, protected = prepared.entry.get("protected", (None, None))
    return perms.see_card(person, card) and protected == _protected(card)


def _protected(card: Card) -> int:
    return ServiceEntry.objects.filter(service__card=card, is_protected=True).count()


SERVICE_CARD = Paper(
    order=76,
    kind="SERVICE_CARD",
    name="Karta usług",
    title="Karta usług: {{ card.owner }}",
    short="Karta usług: {{ card.owner }}",
    listed=("Karty usług", "baskets:cards"),
    may_take=_may_take_card,
    row_seconds=0.001,  # each service has some ten rows
    example={
        "lead": LEAD,
        "day": DAY,
        "card": {
            "owner": "Poradnia Przykładowa",
            "competences": "Psycholog: terapia rodzin.",
            "functions": [{"name": "Psycholog", "about": "terapia rodzin."}],
            "resources": "Sala na 20 osób.",
        },
        "services": [
            {
                "name": "Poradnia dla rodzin",
                **{field: example for _, field, example in _LINES},
                **FACTS_EXAMPLE,
            }
        ],
    },
    parts=(
        p.Title("Karta usług", "{{ card.owner }}"),
        p.Text("Stan na dzień {{ day }} Podstawa: § 3 ust. 2 Regulaminu."),
        p.Each("one in services", ONE_SERVICE),
        p.Cases(p.Case("not services", p.Text("Na karcie nie ma jeszcze żadnej usługi."))),
        p.Heading("Kompetencje pracowników według funkcji"),
        p.Cases(
            p.Case(
                "card.functions",
                p.FactsOf("function in card.functions", "function.name", "function.about"),
            ),
            p.Case("", p.Text("Nie podano.")),
        ),
        p.Heading("Zasoby do udostępnienia"),
        p.Cases(
            p.Case("card.resources", p.Prose("card.resources")), p.Case("", p.Text("Nie podano."))
        ),
        p.Signatures(p.Signature("podpis osoby reprezentującej instytucję")),
    ),
)


def card_context(card: Card, day: date) -> dict[str, Any]:
    """A card as it is printed: each service that has not ended, as it was described last."""
    return {
        "lead": lead_of(Partnership.objects.get()),
        "day": pl_date(day),
        "card": {
            "owner": card.owner,
            "competences": card.competences,
            "functions": [
                {"name": function or "Kompetencje pracowników", "about": about}
                for function, about in card.competences_by_function
            ],
            "resources": card.resources,
        },
        "services": [_printed(entry, day) for one, entry in said_of(card) if not one.is_over(day)],
    }


def _printed(entry: ServiceEntry, day: date) -> dict[str, Any]:
    said = {
        **all_of(entry, day),
        "Stan": str(entry.get_state_display()),
        "Potwierdzono": confirmed_said(entry.service),
    }
    return {
        "name": entry.name,
        **{field: said[label] for label, field, _ in _LINES},
        **in_two_columns((label, said[label]) for label, _, _ in _LINES),
    }


def prepare_card(*, by: Actor, card: Card, name: str, again_at: str) -> PreparedFile:
    """Have a long card made in the background."""
    perms.see_card.require(Person.objects.acting(by), card)
    return ask_for_paper(
        by=by,
        paper=SERVICE_CARD,
        context=card_context(card, by.today),
        title=f"Karta usług: {card.owner}",
        name=name,
        as_of=by.today,
        again_at=again_at,
        verb="CARD_PRINTED",
        entry={"card": [None, str(card.pk)], "protected": [None, _protected(card)]},
    )


PHONE_LIST = Paper(
    order=77,
    kind="SERVICE_PHONE_LIST",
    name="Lista telefoniczna: potwierdzanie usług",
    title="Lista telefoniczna: potwierdzanie usług",
    short="Lista telefoniczna z {{ day }}",
    listed=("Potwierdzanie usług", "baskets:checks"),
    may_take=lambda person, prepared: perms.review(person),
    is_wide=True,
    example={
        "lead": LEAD,
        "day": DAY,
        "calls": [
            {
                "owner": "Poradnia Przykładowa",
                "phones": "77 400 00 00",
                "services": "Poradnia dla rodzin",
                "since": "1 marca 2026 r.",
                "tried": "10 kwietnia 2026 r. telefonicznie",
                "answer": "",
            }
        ],
    },
    parts=(
        p.Title("Lista telefoniczna", "potwierdzanie usług w koszyku"),
        p.Text(
            "Stan na dzień {{ day }} Zapytaj przy każdej usłudze, czy opis jest prawdziwy, i wpisz "
            "odpowiedź: kto odpowiedział, co się zmieniło. Potem zapisz ją na stronie "
            "Potwierdzanie usług. Podstawa: § 3 ust. 5 Regulaminu."
        ),
        p.Table(
            "one in calls",
            p.Column("Instytucja i telefon", "{{ one.owner }}\n{{ one.phones }}", 52),
            p.Column("Usługi", "one.services", 60),
            p.Column("Pytamy od", "one.since", 28),
            p.Column("Próby kontaktu", "one.tried", 32),
            p.Column("Odpowiedź", "{{ one.answer }}\n\n\n", 80),
            is_small=True,
        ),
        p.Cases(p.Case("not calls", p.Text("Do nikogo nie trzeba teraz dzwonić."))),
    ),
)


def calls_context(day: date) -> dict[str, Any]:
    """Everybody who is to be called, with room for what they say."""
    calls = [{**asdict(one), "answer": ""} for one in to_call(day)]
    return {"lead": lead_of(Partnership.objects.get()), "day": pl_date(day), "calls": calls}


def prepare_calls(*, by: Actor, name: str, again_at: str) -> PreparedFile:
    """Have a long list made in the background."""
    perms.review.require(Person.objects.acting(by))
    return ask_for_paper(
        by=by,
        paper=PHONE_LIST,
        context=calls_context(by.today),
        title=PHONE_LIST.name,
        name=name,
        as_of=by.today,
        again_at=again_at,
        verb="CALLS_PRINTED",
        entry={},
    )
