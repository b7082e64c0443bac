"""The aneks as a document: what it changes, from when, and who signs it (POR preamble)."""

from collections.abc import Collection
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
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.writes import next_in
from tenants.agreements import copies, perms
from tenants.agreements.amended import following_changes
from tenants.agreements.consolidated import Texts, named
from tenants.agreements.cover import (
    COVER_EXAMPLE,
    FINAL_EXAMPLE,
    NOT_IN_FORCE,
    block_of,
    signed,
    signed_by,
    signing_of,
    to_sign,
    where_read,
)
from tenants.agreements.folded import HEADING
from tenants.agreements.models import Agreement, AmendedClause, Amendment, Party, Signature
from tenants.agreements.models.amendments import AMENDMENT_PAPER, ChangeKind
from tenants.agreements.numbering import AFTER, DUTY, Line
from tenants.agreements.sides import concerned_by
from tenants.agreements.text import force_said, party_said, values_of

_ABOUT = {"what": "aneks nr 1", "agreement": "wariant C", "sent_on": "2 stycznia 2026 r."}
_READ = "Kto podpisał i od kiedy aneks obowiązuje, pokazuje jego strona w Kooperacji."
_COVER_EXAMPLE: dict[str, Any] = {
    **{key: COVER_EXAMPLE[key] for key in ("force", "sign_by", "count", "copies", "parties")},
    **_ABOUT,
    "state_read": _READ,
}
_FINAL_EXAMPLE: dict[str, Any] = {
    **_ABOUT,
    "since": FINAL_EXAMPLE["since"],
    "signed": FINAL_EXAMPLE["signed"],
    "state_read": _READ,
}
_FACTS = {"Aneks": "cover.what", "Porozumienie": "cover.agreement"}


class _OfReaders(Rule):
    """Whoever reads the aneks reads its issued documents; all of them are asked about at once."""

    def among(self, person: Any, keys: Collection[UUID]) -> dict[UUID, Seen]:
        return {pk: frozenset({pk}) for pk in perms.seen_among(person, _of_ids(keys))}

    def issued(self, person: Any, papers: Collection[Document]) -> set[UUID]:
        """One that was taken back is read by those whom the aneks concerned alone."""
        rows = _of_ids({one.subject for one in papers})
        may, current = perms.seen_among(person, rows), {one.document_id for one in rows}
        earlier = {one.subject for one in papers if one.pk not in current}
        concerned = concerned_by(person, [one for one in rows if one.pk in earlier])
        return {
            one.pk
            for one in papers
            if one.subject in may and (one.pk in current or one.subject in concerned)
        }


def _of_ids(keys: Collection[UUID]) -> list[Amendment]:
    rows = Amendment.objects.filter(pk__in=keys).select_related("agreement")
    return list(rows.order_by("pk"))


AMENDMENT = Paper(
    order=66,
    kind=AMENDMENT_PAPER,
    name="Aneks do porozumienia",
    title=(
        "{{ title }}{% if is_draft %} (projekt){% elif cover %} (do podpisu, nie obowiązuje)"
        "{% elif final %}, obowiązuje od {{ final.since }}{% endif %}"
    ),
    short=(
        "{{ title }}{% if is_draft %} – projekt, nie obowiązuje{% elif cover %} – egzemplarz do "
        "podpisu{% elif final %}, obowiązuje od {{ final.since }}{% endif %}"
    ),
    may_read=_OfReaders(),
    absent={
        "cover": "aneks nie jest przekazany do podpisu: projekt albo aneks, który obowiązuje",
        "final": "aneks jeszcze nie obowiązuje",
    },
    marked=NOT_IN_FORCE,
    example={
        "title": "Aneks nr 1 do porozumienia, wariant C",
        "is_draft": True,
        "cover": _COVER_EXAMPLE,
        "final": _FINAL_EXAMPLE,
        "subtitle": "do Porozumienia na rzecz współdziałania organizacji i instytucji",
        "preamble": "zawarty w Przykładowie w dniu 2 stycznia 2026 r. pomiędzy:",
        "parties": [
            {
                "number": "1)",
                "text": "Szkoła Przykładowa, dalej: Partner nr 1.",
                "caption": "Partner nr 1: pieczątka albo nazwa instytucji i podpis",
                "person": {"name": "Anna Przykładowa", "position": "dyrektor, Szkoła Przykładowa"},
            }
        ],
        "changes": [{"number": "1)", "text": "§ 2 ust. 2 otrzymuje brzmienie: „Treść.”"}],
        "rest": "Pozostałe postanowienia Porozumienia nie zmieniają się.",
        "force": "Aneks wchodzi w życie w dniu ostatniego podpisu.",
        "justification": "Zmieniło się miejsce spotkań.",
    },
    parts=(
        p.Title(
            "{% if cover %}Do podpisu, nie obowiązuje{% else %}{{ title }}{% endif %}",
            "{% if cover %}{{ title }}{% else %}{{ subtitle }}{% endif %}",
        ),
        p.Cases(
            p.Case("cover", *to_sign("aneks", "aneksu", _FACTS)),
            p.Case(
                "final",
                p.Centred("**Aneks, który obowiązuje od {{ final.since }}**"),
                p.Facts(
                    {
                        "Aneks": "final.what",
                        "Porozumienie": "final.agreement",
                        "Przekazano do podpisu": "final.sent_on",
                    }
                ),
                *signed_by("Kto podpisał"),
                p.Text("{{ final.state_read }}"),
                p.NewPage("Tekst aneksu", p.Centred("{{ subtitle }}")),
            ),
            p.Case("is_draft", p.Centred("projekt")),
        ),
        p.Text("{{ preamble }}"),
        p.Each("party in parties", p.Clause("{{ party.number }}", "{{ party.text }}", depth=2)),
        p.Heading("§ 1"),
        p.Text("W Porozumieniu wprowadza się następujące zmiany:"),
        p.Each("one in changes", p.Clause("{{ one.number }}", "{{ one.text }}", depth=2)),
        p.Heading("§ 2"),
        p.Text("{{ rest }}"),
        p.Heading("§ 3"),
        p.Text("{{ force }}"),
        p.Heading("Uzasadnienie"),
        p.Text("{{ justification }}"),
        p.Heading("Podpisy przedstawicieli instytucji"),
        p.Cases(
            p.Case("final", p.Text("Kto podpisał: lista jest na początku tego dokumentu.")),
            p.Case(
                "",
                p.Signatures(
                    p.Each("party in parties", p.Signature("{{ party.caption }}", "party.person"))
                ),
            ),
        ),
    ),
)
_REST = (
    "Pozostałe postanowienia Porozumienia nie zmieniają się. Numery postanowień i odesłania do "
    "nich podaje tekst jednolity."
)


def amendment_title(amendment: Amendment) -> str:
    """Its name with that of its agreement; a draft bears the number that it will get."""
    number = amendment.number or next_number(amendment.agreement)
    return f"Aneks nr {number} do porozumienia{amendment.agreement.after_its_name}"


def next_number(agreement: Agreement) -> int:
    return next_in(agreement.amendments.order_by())


def printed_amendment(
    amendment: Amendment, parties: list[Party], content_type: str, *, by: Actor
) -> bytes:
    """A draft to be read, or an aneks in force with who signed it; not kept."""
    context = amendment_context(amendment, parties)
    if not amendment.is_draft:
        assert amendment.document is not None  # the database keeps no frozen one without it
        final = _final(amendment, parties)
        context = {**amendment.document.context, "cover": None, "final": final}
    return drawn(AMENDMENT, context, content_type, by=by)


def issue_amendment(*, by: Actor, amendment: Amendment, parties: list[Party]) -> Document:
    """The aneks to be signed, frozen; its first page says that it is not in force yet."""
    agreement = amendment.agreement
    parties = [party.as_named_on(by.today) for party in parties]
    count = copies.usual(len(parties))
    cover = {
        **_about(amendment),
        "force": force_said(amendment),
        **signing_of(agreement.copies, count, amendment.sign_by, parties),
    }
    context = {**amendment_context(amendment, parties), "is_draft": False, "cover": cover}
    title = f"{amendment_title(amendment)}, do podpisu, nie obowiązuje"
    return issue(by=by, paper=AMENDMENT, subject=amendment.pk, title=title, context=context)


def _about(amendment: Amendment) -> dict[str, str]:
    since = pl_date(amendment.agreement.in_force_from)
    return {
        "what": f"nr {amendment.number} z {pl_date(amendment.dated_on)}",
        "agreement": f"{amendment.agreement.cited}, obowiązuje od {since}",
        "sent_on": pl_date(amendment.sent_on),
        "state_read": "Kto podpisał i od kiedy aneks obowiązuje, pokazuje jego strona na "
        f"platformie Kooperacja: {where_read()}.",
    }


def _final(amendment: Amendment, parties: list[Party]) -> dict[str, Any]:
    signatures = {one.party_id: one for one in Signature.objects.valid_for(amendment)}
    return {
        **_about(amendment),
        "since": pl_date(amendment.in_force_from),
        "signed": [signed(one, signatures[one.pk]) for one in parties if one.pk in signatures],
    }


def amendment_context(amendment: Amendment, parties: list[Party]) -> dict[str, Any]:
    """The text of an aneks, as a draft is printed."""
    agreement, last = amendment.agreement, len(parties)
    parties = [party.as_named_on(timezone.localdate()) for party in parties]
    texts = Texts.of(amendment)
    place = values_of(agreement)["place"]
    day = pl_date(amendment.dated_on) or "…………"
    return {
        "title": amendment_title(amendment),
        "is_draft": True,
        "cover": None,
        "final": None,
        "subtitle": f"do Porozumienia {texts.before.outside('title')}, które obowiązuje od "
        f"{pl_date(agreement.in_force_from)}",
        "preamble": f"zawarty {place} w dniu {day} pomiędzy następującymi Stronami:",
        "parties": [
            {
                "number": f"{number})",
                "text": f"{party_said(party)}{'.' if number == last else ';'}",
                **block_of(party),
            }
            for number, party in enumerate(parties, 1)
        ],
        "changes": [
            {"number": f"{number})", "text": said}
            for number, said in enumerate(changes_said(amendment, texts), 1)
        ],
        "rest": _REST,
        "force": f"Aneks wchodzi w życie {force_said(amendment)}.",
        "justification": amendment.justification or "…………",
    }


def changes_said(amendment: Amendment, texts: Texts) -> list[str]:
    """Its changes in words, each clause by its number in the text that it changes."""
    changes = list(amendment.changes.all())
    names = named(texts.before.lines)
    lines = {line.key: line for line in texts.after.lines}
    own = {one.clause for one in changes}
    said = [
        words
        for one in in_order(changes, names)
        for words in (
            _said(one, names, lines),
            *(
                f"{names[also.key]} otrzymuje brzmienie: {quoted(lines[also.key].text)}"
                for also in following_changes(amendment.agreement, one)
                if also.key in names and also.key not in own
            ),
        )
    ]
    return [f"{words}{'.' if words is said[-1] else ';'}" for words in said]


def in_order(changes: list[AmendedClause], names: dict[str, str]) -> list[AmendedClause]:
    """In the order of the clauses that they change; what is new stands after its place."""
    places = {key: number for number, key in enumerate(names)}

    def place(one: AmendedClause) -> tuple[int, int]:
        ref = one.place.partition(":")[2] if one.kind == ChangeKind.ADDED else one.clause
        return places.get(ref, len(places)), one.kind == ChangeKind.ADDED

    return sorted(changes, key=place)


def _said(
    one: AmendedClause,
    names: dict[str, str],
    texts: dict[str, Line],
) -> str:
    name = names.get(one.clause, one.clause)
    if one.kind == ChangeKind.REMOVED:
        return f"skreśla się {name}"
    text = quoted(texts[one.clause].text) if one.clause in texts else quoted(one.text)
    if one.kind != ChangeKind.ADDED:
        return f"{name} otrzymuje brzmienie: {text}"
    kind, _, ref = one.place.partition(":")
    at = names.get(ref, "")
    if kind == DUTY:
        return f"w {at} dodaje się punkt w brzmieniu: {text}"
    if kind == AFTER:
        return f"po {at} dodaje się ustęp w brzmieniu: {text}"
    heading = texts[f"{one.clause}{HEADING}"].heading
    return f"na końcu dodaje się {heading} w brzmieniu: {text}"
