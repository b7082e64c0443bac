"""The agreement as a document, with its annexes (POR annex, POR-C signatures)."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.drawing import drawn
from kooperacja.documents.models import Document
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import Rule, Seen
from tenants.agreements.consolidated import ConsolidatedText
from tenants.agreements.cover import (
    ABSENT,
    COVER,
    COVER_EXAMPLE,
    FINAL_EXAMPLE,
    NOT_IN_FORCE,
    PEOPLE,
    block_of,
    cover_of,
    final_of,
)
from tenants.agreements.models import Agreement, Amendment, ContactPerson, Party, TextVersion
from tenants.agreements.numbering import EMPTY, Line
from tenants.agreements.sides import was_on_a_side
from tenants.agreements.text import Text
from tenants.people.models import holds
from tenants.people.perms import OFFICE, spoken_organisations

PARTY_SIGNATURE = "PARTY_SIGNATURE"  # what a party handed in
COPY_RECEIPT = "COPY_RECEIPT"  # by whom a copy on paper was received
SIGNING_BASIS = "SIGNING_BASIS"  # on what whoever signed for it does so
# The papers of its life after force: a letter, the document of a name or a successor, a statement.
PARTY_DEPARTURE, PARTY_RENAMING = "PARTY_DEPARTURE", "PARTY_RENAMING"
AGREEMENT_ENDING = "AGREEMENT_ENDING"
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


class _OfReaders(Rule):
    """Whoever reads the agreement reads its issued texts; one question for all of them."""

    def among(self, person: Any, keys: Collection[UUID]) -> dict[UUID, Seen]:
        rows = Agreement.objects.read_by(person).filter(pk__in=keys).order_by("pk")
        return {pk: frozenset({pk}) for pk in rows.values_list("pk", flat=True)}

    def issued(self, person: Any, papers: Collection[Document]) -> set[UUID]:
        """A text that was taken back is read by those who negotiated it alone."""
        may = super().issued(person, papers)
        if not may or holds(person, OFFICE):
            return may
        rows = Agreement.objects.filter(pk__in={one.subject for one in papers}).order_by("pk")
        current = set(rows.values_list("document", flat=True))
        own = Party.objects.with_part(timezone.localdate()).filter(
            agreement__in=rows, organisation__in=spoken_organisations(person)
        )
        negotiated = {
            party.agreement_id
            for party in own.select_related("agreement__signed_text").order_by("pk")
            if was_on_a_side(party)
        }
        return {
            one.pk
            for one in papers
            if one.pk in may and (one.pk in current or one.subject in negotiated)
        }


AGREEMENT = Paper(
    order=65,
    kind="AGREEMENT",
    name="Porozumienie",
    title=(
        "Porozumienie{% if number %} nr {{ number }}{% endif %}, wariant {{ variant }}{% if is_draft %} (projekt)"
        "{% elif cover %} (do podpisu, nie obowiązuje)"
        "{% elif final %}, {% if final.ended_on %}nie obowiązuje od {{ final.ended_on }}"
        "{% else %}obowiązuje od {{ final.since }}{% endif %}{% endif %}"
    ),
    short=(
        "Porozumienie{% if number %} nr {{ number }}{% endif %}{% if is_draft %} – projekt, nie obowiązuje{% elif cover %} – egzemplarz do "
        "podpisu{% elif final %}, które {% if final.ended_on %}nie obowiązuje od {{ final.ended_on }}"
        "{% else %}obowiązuje od {{ final.since }}{% endif %}{% endif %}"
    ),
    row_seconds=0.006,
    may_read=_OfReaders(),
    absent=ABSENT,
    marked=NOT_IN_FORCE,
    example={
        "variant": "C",
        "number": "POR/1/2026",
        "is_draft": True,
        "cover": COVER_EXAMPLE,
        "final": FINAL_EXAMPLE,
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
        p.Title(
            "{% if cover %}Do podpisu, nie obowiązuje{% else %}Porozumienie{% if number %} nr {{ number }}"
            "{% endif %}{% endif %}",
            "{% if cover %}Porozumienie{% if number %} nr {{ number }}{% endif %} {% endif %}"
            "{{ subtitle }}",
        ),
        COVER,
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
        p.Cases(
            p.Case("final", p.Text("Kto podpisał: lista jest na początku tego dokumentu.")),
            p.Case(
                "",
                p.Signatures(
                    p.Each("party in parties", p.Signature("{{ party.caption }}", "party.person"))
                ),
            ),
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
                    PEOPLE,
                ),
            )
        ),
    ),
)


def printed_agreement(agreement: Agreement, content_type: str, *, by: Actor) -> bytes:
    """A draft to be read and carried to the parties; not kept."""
    return drawn(AGREEMENT, agreement_context(agreement), content_type, by=by)


def issue_agreement(*, by: Actor, agreement: Agreement, version: TextVersion) -> Document:
    """The text to be signed, frozen; its first page says that it is not in force yet."""
    title = f"{file_title(agreement)}, do podpisu, nie obowiązuje"
    context = signing_context(agreement, version)
    return issue(by=by, paper=AGREEMENT, subject=agreement.pk, title=title, context=context)


def signing_context(agreement: Agreement, version: TextVersion) -> dict[str, Any]:
    """The text with its first page, as its agreement is about to be saved."""
    text = Text(agreement)
    cover = cover_of(agreement, version, text.parties)
    return {**agreement_context(agreement, text), "is_draft": False, "cover": cover}


def printed_final(
    agreement: Agreement, content_type: str, *, by: Actor, amendments: Sequence[Amendment] = ()
) -> bytes:
    """The text in force with what these aneksy changed, and who signed it; not kept."""
    assert agreement.document is not None  # the database keeps none in force without it
    context = {
        **agreement.document.context,
        # Texts that were sent before agreements had numbers name none.
        "number": agreement.number,
        **_amended(agreement, amendments),
        "cover": None,
        "final": final_of(agreement, amendments),
    }
    return drawn(AGREEMENT, context, content_type, by=by)


def _amended(agreement: Agreement, amendments: Sequence[Amendment]) -> dict[str, Any]:
    """The clauses as aneksy changed them, in the place of those that were signed."""
    if not amendments:
        return {}
    text = ConsolidatedText(agreement, tuple(amendments))
    return {"clauses": clauses_of(text.paragraphs)}


def clauses_of(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The paragraphs as the paper takes them, each change with the aneks that it comes from."""
    return [
        {
            "number": line.number,
            "name": line.heading if line.depth == 0 else line.name,
            "text": f"{line.text} ({line.mark})" if line.mark else line.text,
            "depth": line.depth,
        }
        for line in lines
    ]


def file_title(agreement: Agreement) -> str:
    """The words with which the name of each of its files begins."""
    return agreement.numbered


def agreement_context(agreement: Agreement, text: Text | None = None) -> dict[str, Any]:
    """The text of an agreement with its annexes, as a draft is printed."""
    text = text or Text(agreement)
    parties = zip(text.parties, text.party_lines(), strict=True)
    return {
        "variant": agreement.variant,
        "number": agreement.number,
        "is_draft": True,
        "cover": None,
        "final": None,
        "subtitle": text.outside("title"),
        "preamble": text.outside("preamble"),
        "parties": [
            {
                "number": line.number,
                "text": line.text,
                **block_of(party),
            }
            for party, line in parties
        ],
        "clauses": clauses_of(text.paragraphs),
        "closing": [{"text": one} for one in text.closing],
        "signatures": text.outside("signatures"),
        **_annexes(text),
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
            _listed(party, one)
            for party, people in text.contacts.items()
            for one in (*people, *([] if people else [None]))
        ],
    }


def _listed(party: Party, one: ContactPerson | None) -> dict[str, str]:
    """A person whom a party names; dots where that is nobody yet."""
    if one is None:
        dots = dict.fromkeys(("name", "position", "phone", "email"), EMPTY)
        return {"institution": party.name, **dots}
    return {
        "institution": party.name,
        "name": one.full_name,
        "position": one.function,
        "phone": one.phone,
        "email": one.email,
    }
