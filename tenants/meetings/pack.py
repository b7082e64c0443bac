"""The pack of a meeting: its agenda, open arrangements and the files of its items (REG §2.5)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from kooperacja.documents import parts as p
from kooperacja.documents.models import PDF, PreparedFile
from kooperacja.documents.papers import Paper
from kooperacja.ui.polish import pl_date
from tenants.meetings import perms
from tenants.meetings.attached import with_papers
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.papers import ItemPaper
from tenants.meetings.papers import (
    ARRANGEMENT_EXAMPLE,
    MEETING_EXAMPLE,
    MEETING_FACTS,
    meeting_context,
)
from tenants.partnership.models import Partnership
from tenants.partnership.papers import DAY, LEAD, lead_of
from tenants.people.models import Person

_ENCLOSED = {
    "number": "1",
    "title": "Plan na zimę",
    "item": "1. Temat",
    "name": "plan.pdf",
    "pages": "3 strony",
}
_APART = {"number": "2", "title": "Budżet", "item": "1. Temat", "why": "plik jest uszkodzony"}
_IN_WORD = "to osobny plik PDF"


def _may_take(person: Any, prepared: PreparedFile) -> bool:
    """Whoever reads the meeting and still every file that came into the pack."""
    entry = prepared.entry
    meeting = Meeting.objects.select_related("team").filter(pk=entry["meeting"][1]).first()
    if meeting is None or not perms.see_meeting(person, meeting):
        return False
    wanted = entry["papers"][1]
    papers = ItemPaper.objects.with_meeting().filter(pk__in=wanted)
    return sum(perms.see_paper(person, paper) for paper in papers) == len(wanted)


PACK = Paper(
    order=69,
    kind="MEETING_PACK",
    name="Materiały na spotkanie",
    title="Materiały: {{ meeting.name }}",
    short="Materiały na spotkanie",
    listed=("Spotkania", "meetings:meetings"),
    may_take=_may_take,
    encloses=True,
    example={
        "lead": LEAD,
        "meeting": MEETING_EXAMPLE,
        "day": DAY,
        "items": [
            {
                "number": "1.",
                "title": "Temat",
                "about": "Dyskusja, 20 min",
                "text": "Opis.",
                "papers": "Załącznik nr 1: Plan na zimę",
            }
        ],
        "arrangements": [
            {name: text for name, text in ARRANGEMENT_EXAMPLE.items() if name != "state"}
        ],
        "enclosed": [_ENCLOSED],
        "apart": [_APART],
    },
    parts=(
        p.Title("Materiały", "na spotkanie {{ meeting.team }}"),
        MEETING_FACTS,
        p.Text("Stan na dzień {{ day }}"),
        p.Heading("Porządek obrad"),
        p.Each(
            "item in items",
            p.Subheading("{{ item.number }} {{ item.title }}"),
            p.Text("{{ item.about }}"),
            p.Cases(p.Case("item.text", p.Prose("item.text"))),
            p.Cases(p.Case("item.papers", p.Prose("item.papers"))),
        ),
        p.Cases(p.Case("not items", p.Text("Nie ma jeszcze żadnego punktu."))),
        p.Heading("Ustalenia do sprawdzenia"),
        p.Cases(
            p.Case(
                "arrangements",
                p.Table(
                    "one in arrangements",
                    p.Column("Nr", "one.number", 18),
                    p.Column("Treść", "one.text", 64),
                    p.Column("Wykonawca", "one.owner", 43),
                    p.Column("Termin", "one.due", 40),
                ),
            ),
            p.Case("", p.Text("Nie ma otwartych ustaleń z wcześniejszych spotkań.")),
        ),
        p.Cases(
            p.Case(
                "apart",
                p.Heading("Pliki poza tym dokumentem"),
                p.Text("Te pliki otworzysz na platformie, na stronie spotkania."),
                p.Table(
                    "one in apart",
                    p.Column("Nr", "one.number", 12),
                    p.Column("Tytuł", "one.title", 58),
                    p.Column("Punkt", "one.item", 50),
                    p.Column("Dlaczego", "one.why", 45),
                ),
            )
        ),
        p.Cases(
            p.Case(
                "enclosed",
                p.Text(
                    "Dalej są pliki dołączone do punktów, każdy po stronie z tytułem. Ich strony "
                    "są takie jak w oryginałach i mogą nie być w pełni dostępne dla czytników "
                    "ekranu. Każdy oryginał jest też osobno na platformie, na stronie spotkania."
                ),
            )
        ),
        p.Each(
            "one in enclosed",
            p.NewPage(
                "Załącznik nr {{ one.number }}: {{ one.title }}",
                p.Facts({"Punkt": "one.item", "Plik": "one.name", "Liczba stron": "one.pages"}),
                p.Text("Dalej są strony tego pliku."),
            ),
        ),
    ),
)


def pack_context(
    meeting: Meeting, person: Person | None, today: date, content_type: str = PDF
) -> dict[str, Any]:
    """The pack as the person may read it; in Word its files stand apart."""
    rows = meeting.items.select_related("carries")
    items = with_papers([*rows], person)
    files = _files(items)
    is_pdf = content_type == PDF
    return {
        "lead": lead_of(Partnership.objects.get()),
        "meeting": meeting_context(meeting),
        "day": pl_date(today),
        "items": _items(items),
        "arrangements": _to_check(meeting, today),
        "enclosed": files if is_pdf else [],
        "apart": [] if is_pdf else [{**file, "why": _IN_WORD} for file in files],
    }


def _numbered(items: list[AgendaItem]) -> list[tuple[int, AgendaItem, ItemPaper]]:
    """The files in the order of the agenda, with their numbers in the pack."""
    files = [(item, paper) for item in items for paper in item.shown_papers]
    return [(number, *file) for number, file in enumerate(files, start=1)]


def _files(items: list[AgendaItem]) -> list[dict[str, Any]]:
    return [
        {
            "number": str(number),
            "title": paper.title,
            "item": f"{item.position}. {item.title}",
            "name": paper.file.name,
            "pages": "",
            "file": str(paper.file_id),
            "size": paper.file.size,
            "paper": str(paper.pk),
        }
        for number, item, paper in _numbered(items)
    ]


def _items(items: list[AgendaItem]) -> list[dict[str, str]]:
    named: dict[UUID, list[str]] = {}
    for number, item, paper in _numbered(items):
        named.setdefault(item.pk, []).append(f"Załącznik nr {number}: {paper.title}")
    return [
        {
            "number": f"{item.position}.",
            "title": item.title,
            "about": item.about,
            "text": item.text,
            "papers": "\n".join(named.get(item.pk, ())),
        }
        for item in items
    ]


def _to_check(meeting: Meeting, day: date) -> list[dict[str, str]]:
    rows = Arrangement.objects.whole(day).to_check_at(meeting) if meeting.is_open else []
    return [
        {
            "number": row.serial,
            "text": row.text,
            "owner": row.shown_owner,
            "due": pl_date(row.due_on),
        }
        for row in rows
    ]


def taken(meeting: Meeting, context: Mapping[str, Any]) -> dict[str, Any]:
    """The journal's entry of a pack that was taken."""
    files = [file["paper"] for file in (*context["enclosed"], *context["apart"])]
    return {
        "meeting": [None, str(meeting.pk)],
        "what": [None, str(meeting)],
        "papers": [None, files],
    }


def pack_taken(data: Mapping[str, Any]) -> str:
    """How the journal says it."""
    return str(data["what"][1])
