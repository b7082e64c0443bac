"""The form of a meeting's attendance (REG §2.7-2.8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from kooperacja.ui.fields import Line, LongText, TimeField
from kooperacja.ui.forms import ASKED, VersionedForm
from kooperacja.ui.polish import localtime
from tenants.meetings.actions import recounting
from tenants.meetings.actions.holding import Guest, Sat
from tenants.meetings.models.attendance import Attendance, Presence
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.meetings.rules import Kept, deputy_faults, hours_fault

_MOST_GUESTS = 100
_LONGEST = 200
_PARTS = ("presence", "deputy", "came_at", "left_at")


@dataclass(frozen=True, slots=True)
class Row:
    """A seat of the form: how it was kept, and what is asked only where it is needed."""

    who: str
    presence: BoundField
    details: list[BoundField]

    @property
    def is_open(self) -> bool:
        return any(field.errors or field.value() for field in self.details)


class AttendanceForm(VersionedForm):
    """A row a seat, under the institution that it is of; guests a line each."""

    template_name = "components/_attendance_form.html"

    guests = LongText(
        label="Goście i konsultanci",
        required=False,
        rows=5,
        max_length=5000,
        help_text="Każdą osobę wpisz w osobnym wierszu: imię i nazwisko, po przecinku instytucja.",
    )

    def __init__(
        self, *args: Any, meeting: Meeting, sheet: list[Attendance], **kwargs: Any
    ) -> None:
        self.meeting = meeting
        self.sheet = [row for row in sheet if not row.is_guest]
        kwargs["initial"] = {"version": meeting.version, "guests": _lines(sheet)}
        super().__init__(*args, **kwargs)
        for row in self.sheet:
            for part, field in _fields(row, has_hours=meeting.mode != MeetingMode.EMAIL):
                self.fields[f"{part}-{row.seat_id}"] = field
        self.fields["guests"] = self.fields.pop("guests")

    def institutions(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows of each institution."""
        for institution, rows in groupby(self.sheet, key=lambda row: row.institution):
            yield institution, [self._row(row) for row in rows]

    def _row(self, row: Attendance) -> Row:
        names = [f"{part}-{row.seat_id}" for part in _PARTS[1:]]
        details = [self[name] for name in names if name in self.fields]
        return Row(row.who, self[f"presence-{row.seat_id}"], details)

    def question(self) -> BoundField | None:
        """Asks whether voices of institutions that were not there are void, where there are some."""
        return self["strike"] if "strike" in self.fields else None

    def clean_guests(self) -> list[Guest]:
        lines = [line.strip() for line in self.cleaned_data["guests"].splitlines()]
        parts = [line.partition(",") for line in lines if line]
        guests = [Guest(name.strip(), of.strip()) for name, _, of in parts]
        if len(guests) > _MOST_GUESTS:
            raise ValidationError("Gości jest za dużo: zapiszemy najwyżej stu.")
        if any(not guest.name for guest in guests):
            raise ValidationError("W każdym wierszu zacznij od imienia i nazwiska.")
        return guests

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        sat = {row: self._sat(row) for row in self.sheet}
        kept = {
            row.seat_id: Kept(
                str(row.organisation_id), row.name, one.presence == Presence.PRESENT, one.deputy
            )
            for row, one in sat.items()
        }
        for seat, why in deputy_faults(kept):
            self.add_error(f"deputy-{seat}", why)
        first, last = (
            localtime(at).time() for at in (self.meeting.starts_at, self.meeting.ends_at)
        )
        for row, one in sat.items():
            is_present = one.presence == Presence.PRESENT
            name, why = hours_fault(one.came_at, one.left_at, first, last, is_present=is_present)
            if why:
                self.add_error(f"{name}-{row.seat_id}", why)
        if not self.errors:
            there = [row for row, one in sat.items() if one.presence == Presence.PRESENT]
            self._ask(recounting.touched(self.meeting, there))
        return data

    def _ask(self, found: list[recounting.Touched]) -> None:
        """Ask for the voices that the correction takes with it, until it is answered."""
        if not found:
            return
        strike = forms.BooleanField(label=recounting.answer(found), required=False)
        self.fields = {"strike": strike, **self.fields}
        self.cleaned_data["strike"] = bool(self.data.get(self.add_prefix("strike")))
        if not self.cleaned_data["strike"]:
            self.add_error("strike", ValidationError(recounting.question(found), code=ASKED))

    def _sat(self, row: Attendance) -> Sat:
        """How a seat was kept, as far as the form says."""
        given = {part: self.cleaned_data.get(f"{part}-{row.seat_id}") for part in _PARTS}
        return Sat(
            presence=given["presence"] or "",
            deputy=given["deputy"] or "",
            came_at=given["came_at"],
            left_at=given["left_at"],
        )

    def values(self) -> dict[str, Any]:
        seats: dict[UUID | None, Sat] = {row.seat_id: self._sat(row) for row in self.sheet}
        return {
            "version": self.cleaned_data["version"],
            "seats": seats,
            "guests": self.cleaned_data["guests"],
            "strike": self.cleaned_data.get("strike", False),
        }

    def saved_now(self, current: Meeting) -> dict[str, Any]:
        rows = list(current.attendance.all())
        saved: dict[str, Any] = {"guests": _lines(rows)}
        for row in rows:
            names = {f"{part}-{row.seat_id}": part for part in _PARTS}
            saved |= {name: getattr(row, names[name]) for name in names if name in self.fields}
        return saved


def _lines(rows: list[Attendance]) -> str:
    guests = [row for row in rows if row.is_guest]
    return "\n".join(", ".join(filter(None, (row.name, row.institution))) for row in guests)


def _fields(row: Attendance, *, has_hours: bool) -> Iterator[tuple[str, forms.Field]]:
    who = f"{row.who}, {row.function}" if row.function else row.who
    yield (
        "presence",
        forms.ChoiceField(
            label=who, choices=Presence.choices, widget=forms.RadioSelect, initial=row.presence
        ),
    )
    yield (
        "deputy",
        Line(
            label=f"Imię i nazwisko zastępcy ({row.who})",
            max_length=_LONGEST,
            required=False,
            initial=row.deputy,
        ),
    )
    if has_hours:
        yield (
            "came_at",
            TimeField(label=f"Przybycie ({row.who})", required=False, initial=row.came_at),
        )
        yield (
            "left_at",
            TimeField(label=f"Wyjście ({row.who})", required=False, initial=row.left_at),
        )
