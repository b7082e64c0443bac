"""The fields of opening hours: a line for each day of the week, and the days that differ (REG §3.2)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from kooperacja.ui.fields import Line, LongText
from kooperacja.ui.forms import RowForm
from tenants.services.hours import (
    CLOSED,
    DAYS,
    Hours,
    Intervals,
    OtherDay,
    intervals_of,
    kept,
    other_days_of,
    typed,
    typed_days,
)

HOURS = tuple(f"hours_{place}" for place in range(len(DAYS)))
OTHER_DAYS = "hours_other"


def shown_hours(hours: Hours | None) -> dict[str, Any]:
    """Hours as the fields show them."""
    shown = dict.fromkeys((*HOURS, OTHER_DAYS), "")
    if hours:
        closed = "" if any(hours.week) else CLOSED  # empty fields would say that nobody knows
        days = zip(HOURS, hours.week, strict=True)
        shown |= {name: typed(day) or closed for name, day in days}
        shown[OTHER_DAYS] = typed_days(hours.exceptions)
    return shown


def side_by_side(form: BaseForm, *names: str) -> None:
    """Short fields of a long form, two in a row where there is room."""
    for name in names:
        form.fields[name].widget.attrs["class"] = "k-half"


class HoursForm(RowForm):
    """The hours of a week, and the days that differ."""

    is_packed = True

    hours_other = LongText(
        label="Dni, które się różnią",
        required=False,
        rows=3,
        max_length=2000,
        help_text="Każdy w osobnym wierszu, na przykład: 24.12.2026 nieczynne.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, day in zip(HOURS, DAYS, strict=True):
            self.fields[name] = Line(label=day.capitalize(), max_length=100, required=False)
            side_by_side(self, name)
        self.fields[HOURS[0]].help_text = (
            "Na przykład 8:00–16:00 albo 8:00–12:00, 13:00–18:00, albo całą dobę. Puste pola we "
            "wszystkich dniach: nie wiadomo."
        )

    def hours_of(self, data: dict[str, Any]) -> dict[str, Any] | None:
        """The hours as they are kept; what can't be read is said beside its field."""
        texts = [data.pop(name, "") for name in (*HOURS, OTHER_DAYS)]
        week = tuple(self._day(place, text) for place, text in enumerate(texts[:-1]))
        other = self._other(texts[-1])
        if other and not any(texts[:-1]):
            self.add_error(HOURS[0], "Podaj też godziny w tygodniu, skoro niektóre dni się różnią.")
        return kept(Hours(week, other)) if any(texts) and not self.errors else None

    def _day(self, place: int, text: str) -> Intervals:
        try:
            day = intervals_of(text)
            return Hours(tuple(day if one == place else () for one in range(len(DAYS)))).week[place]
        except ValidationError as wrong:
            self.add_error(HOURS[place], wrong)
            return ()

    def _other(self, text: str) -> tuple[OtherDay, ...]:
        try:
            return Hours(((),) * len(DAYS), tuple(other_days_of(text))).exceptions
        except ValidationError as wrong:
            self.add_error(OTHER_DAYS, wrong)
            return ()
