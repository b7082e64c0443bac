"""The agreement as a document, with its annexes (POR annex, POR-C signatures)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.drawing import drawn
from kooperacja.documents.papers import Paper
from tenants.agreements.models import Agreement, ContactPerson, Party
from tenants.agreements.text import Text

# The rubrics of a Karta pracy z rodziną, to be filled in by hand.
_CARD = (
    "Numer karty, data założenia",
    "Pracownik socjalny, który prowadzi pracę z rodziną",
    "Skład rodziny (gospodarstwa domowego)",
    "Mocne strony i zasoby",
    "Obszary problemowe",
    "Diagnoza",
    "Cele pracy z rodziną",
)
_CARD_END = (
    "Spotkania i przeglądy postępów (daty, wnioski)",
    "Opinia rodziny",
    "Ocena efektów, powód zakończenia",
)
_CARD_TASKS = 3
_ROW = "{{ row.blank }}\n\n"

AGREEMENT = Paper(
    order=65,
    kind="AGREEMENT",
    name="Porozumienie",
    title="Porozumienie, wariant {{ variant }}{% if is_draft %} (projekt){% endif %}",
    short="Porozumienie{% if is_draft %} – projekt, nie obowiązuje{% endif %}",
    row_seconds=0.006,
    example={
        "variant": "C",
        "is_draft": True,
        "subtitle": "na rzecz współdziałania organizacji i instytucji",
        "preamble": "zawarte w Przykładowie pomiędzy następującymi Stronami:",
        "parties": [
            {
                "number": "1)",
                "text": "Szkoła Przykładowa, dalej: Partner nr 1.",
                "caption": "Partner nr 1: pieczątka albo nazwa instytucji i podpis",
                "person": {"name": "Anna Przykładowa", "position": "dyrektor, Szkoła Przykładowa"},
            }
        ],
        "clauses": [{"number": "1.", "name": "§ 1 ust. 1", "text": "Treść.", "depth": 1}],
        "closing": [{"text": "Załącznikiem do Porozumienia jest Karta pracy z rodziną."}],
        "signatures": "Podpisy przedstawicieli instytucji",
        "has_card": True,
        "card": [{"label": "Diagnoza", "blank": ""}],
        "card_tasks": [{"blank": ""}],
        "card_end": [{"label": "Opinia rodziny", "blank": ""}],
        "has_list": True,
        "list_title": "Wykaz osób wyznaczonych przez Strony",
        "people": [
            {
                "institution": "Szkoła Przykładowa",
                "name": "Jan Przykładowy",
                "position": "pedagog",
                "phone": "77 000 00 00",
                "email": "jan@example.pl",
            }
        ],
    },
    parts=(
        p.Title("Porozumienie", "{{ subtitle }}"),
        p.Cases(p.Case("is_draft", p.Centred("projekt"))),
        p.Text("{{ preamble }}"),
        p.Each("party in parties", p.Clause("{{ party.number }}", "{{ party.text }}", depth=2)),
        p.Each(
            "clause in clauses",
            p.Cases(
                p.Case("clause.depth == 0", p.Heading("{{ clause.name }}")),
                p.Case("clause.depth == 1 and not clause.number", p.Text("{{ clause.text }}")),
                p.Case("clause.depth == 1", p.Clause("{{ clause.number }}", "{{ clause.text }}")),
                p.Case("", p.Clause("{{ clause.number }}", "{{ clause.text }}", depth=2)),
            ),
        ),
        p.Each("one in closing", p.Text("{{ one.text }}")),
        p.Heading("{{ signatures }}"),
        p.Signatures(
            p.Each("party in parties", p.Signature("{{ party.caption }}", "party.person"))
        ),
        p.Cases(
            p.Case(
                "has_card",
                p.NewPage(
                    "Załącznik do Porozumienia. Karta pracy z rodziną",
                    p.Table(
                        "row in card",
                        p.Column("Rubryka", "row.label", 55),
                        p.Column("Wpis", _ROW, 110),
                    ),
                    p.Subheading("Zadania"),
                    p.Table(
                        "row in card_tasks",
                        p.Column("Zadanie", _ROW, 55),
                        p.Column("Instytucja i osoba", "{{ row.blank }}", 45),
                        p.Column("Termin", "{{ row.blank }}", 25),
                        p.Column("Wskaźnik, stan", "{{ row.blank }}", 40),
                    ),
                    p.Subheading("Przebieg i zakończenie"),
                    p.Table(
                        "row in card_end",
                        p.Column("Rubryka", "row.label", 55),
                        p.Column("Wpis", _ROW, 110),
                    ),
                    p.Signatures(
                        p.Signature("podpis osoby z rodziny"),
                        p.Signature("podpis pracownika socjalnego"),
                    ),
                ),
            )
        ),
        p.Cases(
            p.Case(
                "has_list",
                p.NewPage(
                    "Załącznik do Porozumienia",
                    p.Text("{{ list_title }}"),
                    p.Table(
                        "one in people",
                        p.Column("Instytucja", "one.institution", 48),
                        p.Column("Imię i nazwisko", "one.name", 34),
                        p.Column("Stanowisko służbowe", "one.position", 31),
                        p.Column("Telefon", "one.phone", 22),
                        p.Column("Adres e-mail", "one.email", 30),
                        is_small=True,
                    ),
                ),
            )
        ),
    ),
)


def printed_agreement(agreement: Agreement, content_type: str, *, by: Actor) -> bytes:
    """A draft to be read and carried to the parties; not kept."""
    return drawn(AGREEMENT, agreement_context(agreement), content_type, by=by)


def agreement_context(agreement: Agreement) -> dict[str, Any]:
    """The text of an agreement with its annexes, as it is printed."""
    text = Text(agreement)
    parties = zip(text.parties, text.party_lines(), strict=True)
    return {
        "variant": agreement.variant,
        "is_draft": True,
        "subtitle": text.outside("title"),
        "preamble": text.outside("preamble"),
        "parties": [
            {
                "number": line.number,
                "text": line.text,
                "caption": f"{party.label}: pieczątka albo nazwa instytucji i podpis",
                "person": _signer(party),
            }
            for party, line in parties
        ],
        "clauses": [
            {
                "number": line.number,
                "name": line.heading if line.depth == 0 else line.name,
                "text": line.text,
                "depth": line.depth,
            }
            for line in text.paragraphs
        ],
        "closing": [{"text": one} for one in text.closing],
        "signatures": text.outside("signatures"),
        **_annexes(text),
    }


def _signer(party: Party) -> dict[str, str]:
    """Whoever signs for a party, with the function and the body whose signature it is."""
    body = party.signing_body or party.name
    return {
        "name": party.represented_by,
        "position": ", ".join(filter(None, (party.function, body))),
    }


def _annexes(text: Text) -> dict[str, Any]:
    """The blank card of A and B, the list of people of C."""
    has_list = text.has_list
    return {
        "has_card": not has_list,
        "card": [{"label": label, "blank": ""} for label in _CARD],
        "card_tasks": [{"blank": ""}] * _CARD_TASKS,
        "card_end": [{"label": label, "blank": ""} for label in _CARD_END],
        "has_list": has_list,
        "list_title": text.outside("annex"),
        "people": [
            _listed(party, one) for party, people in text.contacts.items() for one in people
        ],
    }


def _listed(party: Party, one: ContactPerson) -> dict[str, str]:
    return {
        "institution": party.name,
        "name": one.full_name,
        "position": one.function,
        "phone": one.phone,
        "email": one.email,
    }
