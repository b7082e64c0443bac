"""Papers of meetings: the list to sign, the minutes and their extracts (REG §2.7, §2.9)."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.drawing import drawn
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import by_subject
from kooperacja.ui.polish import pl_date, sort_key
from tenants.meetings import perms, text
from tenants.meetings.arranged import in_minutes
from tenants.meetings.models.attendance import Attendance, in_order
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Extract, Minutes
from tenants.meetings.nameless import is_name, without_names
from tenants.partnership.models import Partnership
from tenants.partnership.papers import DAY, LEAD, lead_of
from tenants.people.models import Person
from tenants.teams.models import Seat
from tenants.teams.sealing import key_of

MEETING_SCAN, ITEM_PAPER = "MEETING_SCAN", "ITEM_PAPER"
MEETING_EXAMPLE = {
    "name": "Spotkanie nr 3/2026",
    "number": "3/2026",
    "team": "Partnerskiego Zespołu Kooperacyjnego",
    "when": "3 marca 2026 r., godz. 10:00–11:30",
    "place": "Sala nr 1, ul. Przykładowa 1",
    "mode": "bezpośrednie",
}
_PEOPLE = [
    {
        "name": "Anna Przykładowa",
        "function": "koordynator Partnerstwa",
        "institution": "Szkoła Przykładowa",
        "presence": "obecność",
    }
]
ARRANGEMENT_EXAMPLE = {
    "number": "1/2026",
    "text": "Przygotować listę kontaktów.",
    "owner": "Szkoła Przykładowa",
    "due": DAY,
    "state": "wykonane 3 marca 2026 r.",
}
_ITEMS = [{"number": "1.", "title": "Temat", "text": "Treść."}]


def _see_extract(person: Person | None, extract: Extract) -> bool:
    return perms.see_minutes(person, extract.minutes)


MEETING_FACTS = p.Facts(
    {"Termin": "meeting.when", "Miejsce": "meeting.place", "Forma": "meeting.mode"}
)
_TEXT = p.Each(
    "item in items", p.Subheading("{{ item.number }} {{ item.title }}"), p.Prose("item.text")
)

ATTENDANCE_LIST = Paper(
    order=70,
    kind="ATTENDANCE_LIST",
    name="Lista obecności na spotkaniu",
    title="Lista obecności: {{ meeting.name }}",
    short="Lista obecności",
    is_wide=True,
    example={
        "lead": LEAD,
        "meeting": MEETING_EXAMPLE,
        "people": [{name: text for name, text in _PEOPLE[0].items() if name != "presence"}],
    },
    parts=(
        p.Title("Lista obecności", "na spotkaniu {{ meeting.team }}"),
        MEETING_FACTS,
        p.Table(
            "person in people",
            p.Column("Imię i nazwisko", "person.name", 60),
            p.Column("Funkcja", "person.function", 50),
            p.Column("Instytucja", "person.institution", 80),
            p.Column("Podpis", "{{ '' }}", 55),
        ),
        p.Text("Goście i zastępcy dopisują się poniżej (imię i nazwisko, instytucja, podpis)."),
    ),
)
MINUTES = Paper(
    order=71,
    kind="MINUTES",
    name="Protokół spotkania",
    title="Protokół nr {{ meeting.number }}",
    short="Protokół nr {{ meeting.number }}{% if not approved_on %} – projekt{% endif %}",
    may_read=by_subject(Minutes.objects.select_related("meeting__team"), perms.see_minutes),
    row_seconds=0.01,
    example={
        "lead": LEAD,
        "meeting": MEETING_EXAMPLE,
        "chair": "Lidia Przykładowa",
        "taker": "Piotr Przykładowy",
        "people": _PEOPLE,
        "items": _ITEMS,
        "arrangements": [ARRANGEMENT_EXAMPLE],
        "earlier": [ARRANGEMENT_EXAMPLE],
        "rectifications": [
            {"number": "1", "day": DAY, "reason": "Błąd pisarski", "text": "Treść."}
        ],
        "approved_on": DAY,
        "approved_by": "spotkanie nr 4/2026",
    },
    parts=(
        p.Title("Protokół nr {{ meeting.number }}", "ze spotkania {{ meeting.team }}"),
        p.Centred(
            "{% if approved_on %}zatwierdzony {{ approved_on }}{% if approved_by %} ({{ approved_by }}){% endif %}{% else %}projekt{% endif %}"
        ),
        MEETING_FACTS,
        p.Facts({"Przewodniczy": "chair", "Protokołuje": "taker"}),
        p.Heading("Obecność"),
        p.Table(
            "person in people",
            p.Column("Imię i nazwisko", "person.name", 43),
            p.Column("Funkcja", "person.function", 38),
            p.Column("Instytucja", "person.institution", 50),
            p.Column("Obecność", "person.presence", 34),
        ),
        p.Heading("Przebieg"),
        _TEXT,
        p.Cases(
            p.Case(
                "arrangements",
                p.Heading("Ustalenia"),
                p.Table(
                    "one in arrangements",
                    p.Column("Nr", "one.number", 18),
                    p.Column("Treść", "one.text", 69),
                    p.Column("Wykonawca", "one.owner", 45),
                    p.Column("Termin", "one.due", 33),
                ),
            )
        ),
        p.Cases(
            p.Case(
                "earlier",
                p.Heading("Ustalenia wcześniejszych spotkań"),
                p.Table(
                    "one in earlier",
                    p.Column("Nr", "one.number", 18),
                    p.Column("Treść", "one.text", 67),
                    p.Column("Wykonawca", "one.owner", 40),
                    p.Column("Stan", "one.state", 40),
                ),
            )
        ),
        p.Signatures(
            p.Signature("przewodniczy: {{ chair }}"), p.Signature("protokołuje: {{ taker }}")
        ),
        p.Each(
            "one in rectifications",
            p.Heading("Sprostowanie nr {{ one.number }}"),
            p.Text("Zatwierdzone {{ one.day }} Powód: {{ one.reason }}"),
            p.Prose("one.text"),
        ),
    ),
)
MINUTES_EXTRACT = Paper(
    order=72,
    kind="MINUTES_EXTRACT",
    name="Wyciąg z protokołu",
    title="Wyciąg nr {{ number }} z protokołu nr {{ meeting.number }}",
    short="Wyciąg z protokołu nr {{ meeting.number }}",
    may_read=by_subject(Extract.objects.select_related("minutes__meeting__team"), _see_extract),
    example={
        "lead": LEAD,
        "meeting": MEETING_EXAMPLE,
        "number": "1",
        "made_on": DAY,
        "chair": "Lidia Przykładowa",
        "taker": "Piotr Przykładowy",
        "items": _ITEMS,
    },
    parts=(
        p.Title(
            "Wyciąg nr {{ number }}",
            "z protokołu nr {{ meeting.number }} ze spotkania {{ meeting.team }}",
        ),
        MEETING_FACTS,
        p.Heading("Przebieg"),
        _TEXT,
        p.Text("Sporządzono {{ made_on }} Pozostałe punkty pominięto."),
        p.Signatures(p.Signature("za zgodność")),
    ),
)


def printed_list(meeting: Meeting, content_type: str, *, by: Actor) -> bytes:
    """The list of whoever has a seat on that day, with room to sign."""
    lead = lead_of(Partnership.objects.get())
    taken = Seat.objects.taken(meeting.day).filter(team=meeting.team_id).in_order()
    seats = sorted(taken, key=_by_institution)
    people = [
        {
            "name": seat.person.full_name if seat.person else "",
            "function": seat.function,
            "institution": str(seat.organisation or lead["name"]),
        }
        for seat in seats
    ]
    context = {"lead": lead, "meeting": meeting_context(meeting), "people": people}
    return drawn(ATTENDANCE_LIST, context, content_type, by=by)


def _by_institution(seat: Seat) -> tuple[bool, str]:
    """The Lider's first, then institutions, as attendance is told."""
    return seat.organisation_id is not None, sort_key(str(seat.organisation or ""))


def printed_minutes(minutes: Minutes, content_type: str, *, by: Actor) -> bytes:
    """Minutes that are not approved: drawn now and not kept."""
    return drawn(MINUTES, minutes_context(minutes), content_type, by=by)


def issue_minutes(*, by: Actor, minutes: Minutes) -> None:
    """The approved minutes, frozen; those of a closed team under its key."""
    issue(
        by=by,
        paper=MINUTES,
        subject=minutes.pk,
        title=f"Protokół nr {minutes.meeting.number} z {minutes.meeting.year} r.",
        context=minutes_context(minutes),
        key=key_of(minutes.team),
    )


def issue_extract(*, by: Actor, extract: Extract) -> None:
    """An extract, frozen; of a closed team under its key."""
    minutes = extract.minutes
    items = _items(minutes, extract.items)
    context = {
        "lead": lead_of(Partnership.objects.get()),
        "meeting": meeting_context(minutes.meeting),
        "number": str(extract.number),
        "made_on": pl_date(extract.made_on),
        "chair": "" if extract.is_nameless else minutes.chair,
        "taker": "" if extract.is_nameless else minutes.taker,
        "items": _nameless(minutes, items) if extract.is_nameless else items,
    }
    title = f"Wyciąg nr {extract.number} z protokołu nr {minutes.meeting.number}"
    issue(
        by=by,
        paper=MINUTES_EXTRACT,
        subject=extract.pk,
        title=title,
        context=context,
        key=key_of(minutes.team),
    )


def _nameless(minutes: Minutes, items: list[dict[str, str]]) -> list[dict[str, str]]:
    """The items without the people of the meeting and those who presented something."""
    rows = minutes.meeting.attendance.all()
    names = {
        minutes.chair,
        minutes.taker,
        *(name for row in rows for name in (row.name, row.deputy)),
    }
    presenters = (item.presenter.partition(",")[0] for item in minutes.meeting.items.all())
    names |= {name for name in presenters if is_name(name)}
    return [{key: without_names(words, names) for key, words in item.items()} for item in items]


def minutes_context(minutes: Minutes) -> dict[str, Any]:
    """The minutes as they are printed."""
    return {
        "lead": lead_of(Partnership.objects.get()),
        "meeting": meeting_context(minutes.meeting),
        "chair": minutes.chair,
        "taker": minutes.taker,
        **_arrangements(minutes),
        "people": _people(minutes.meeting),
        "items": _items(minutes),
        "rectifications": [
            {
                "number": str(one.number),
                "day": pl_date(one.approved_on),
                "reason": one.reason,
                "text": one.text,
            }
            for one in minutes.rectifications.exclude(approved_on=None)
        ],
        "approved_on": pl_date(minutes.approved_on),
        "approved_by": minutes.approver if minutes.approved_on and minutes.is_for_meeting else "",
    }


def _arrangements(minutes: Minutes) -> dict[str, list[dict[str, str]]]:
    day = minutes.approved_on or timezone.localdate()
    made, earlier = in_minutes(minutes, day)
    return {
        name: [
            {
                "number": row.serial,
                "text": row.text,
                "owner": row.owner,
                "due": pl_date(row.due_on),
                "state": row.state_on(day),
            }
            for row in rows
        ]
        for name, rows in (("arrangements", made), ("earlier", earlier))
    }


def meeting_context(meeting: Meeting) -> dict[str, str]:
    return {
        "name": str(meeting),
        "number": meeting.serial,
        "team": meeting.team.law.genitive,
        "when": meeting.when,
        "place": meeting.place,
        "mode": meeting.get_mode_display(),
    }


def _people(meeting: Meeting) -> list[dict[str, str]]:
    return [
        {
            "name": row.deputy or row.who,
            "function": _function(row),
            "institution": row.institution,
            "presence": f"{row.get_presence_display()} {row.hours}".rstrip(),
        }
        for row in in_order(meeting.attendance.all())
    ]


def _function(row: Attendance) -> str:
    if row.is_guest:
        return "gość"
    return f"zastępuje: {row.who}" if row.deputy else row.function


def _items(minutes: Minutes, positions: Collection[int] = ()) -> list[dict[str, str]]:
    """The items as they are printed, all of them where no positions are given."""
    return [
        {"number": f"{item.position}.", "title": item.title, "text": words}
        for item, words, _ in text.texts_of(minutes)
        if not positions or item.position in positions
    ]
