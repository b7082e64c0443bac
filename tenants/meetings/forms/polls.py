"""Forms of polls of dates (REG §2.5 s.2-3)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone

from kooperacja.ui.fields import DayField, LongText, NumberField, TimeField
from kooperacja.ui.forms import KeyedForm, SeenForm, give
from tenants.meetings import times
from tenants.meetings.actions.polling import LEAST, MOST
from tenants.meetings.models.polls import DateAnswer, DatePoll, PollDate, PollRespondent
from tenants.meetings.polled import Standing

_SHOWN = 3  # so many rows are seen at once, the others are opened


class NewPollForm(KeyedForm):
    """The dates to propose: a row a date, all of one length."""

    MODEL = DatePoll
    template_name = "components/_poll_form.html"

    about = LongText(
        label="Czego dotyczy spotkanie",
        required=False,
        rows=3,
        max_length=500,
        help_text="Przeczytają to wszyscy, którzy mają miejsce w zespole. Nie wpisuj danych rodzin.",
    )
    lasts = NumberField(
        label="Długość spotkania w minutach", min_value=15, max_value=720, initial=90
    )
    closes_on = DayField(
        label="Odpowiedzi do",
        help_text="Ostatni dzień, w którym można odpowiedzieć albo zmienić odpowiedź; przed "
        "pierwszym z terminów.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST + 1):
            is_asked = number <= LEAST
            self.fields[f"day_{number}"] = DayField(
                label=f"Dzień (termin {number})", required=is_asked
            )
            self.fields[f"starts_{number}"] = TimeField(
                label=f"Początek (termin {number})", required=is_asked
            )
        # Last on the page, and so in the summary of errors.
        self.fields["closes_on"] = self.fields.pop("closes_on")

    def rows(self) -> list[tuple[int, BoundField, BoundField]]:
        numbers = range(1, MOST + 1)
        return [(one, self[f"day_{one}"], self[f"starts_{one}"]) for one in numbers]

    def first_rows(self) -> list[tuple[int, BoundField, BoundField]]:
        return self.rows()[:_SHOWN]

    def more_rows(self) -> list[tuple[int, BoundField, BoundField]]:
        return self.rows()[_SHOWN:]

    @property
    def has_more(self) -> bool:
        """Something stands in the rows that are not seen at once."""
        return any(field.value() or field.errors for _, *both in self.more_rows() for field in both)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["dates"] = list(self._spans(data))
        return data

    def _spans(self, data: dict[str, Any]) -> Iterator[tuple[datetime, datetime]]:
        seen = set()
        for number in range(1, MOST + 1):
            starts = self._starts(data, number)
            if starts is None:
                continue
            if starts <= timezone.now():
                self.add_error(f"day_{number}", "Ten termin już minął.")
            if starts in seen:
                self.add_error(f"day_{number}", "Ten termin wpisano wyżej.")
            seen.add(starts)
            yield starts, starts + timedelta(minutes=data.get("lasts") or 0)

    def _starts(self, data: dict[str, Any], number: int) -> datetime | None:
        """The moment of a row; none where it is empty or wrong."""
        day, starts = data.get(f"day_{number}"), data.get(f"starts_{number}")
        if day and starts:
            try:
                return times.moment(day, starts).astimezone(UTC)
            except ValidationError as wrong:
                self.add_error(f"starts_{number}", wrong)
        elif (day or starts) and number > LEAST:
            name, words = ("starts", "Podaj godzinę początku.") if day else ("day", "Podaj dzień.")
            if f"{name}_{number}" not in self.errors:
                self.add_error(f"{name}_{number}", words)
        return None

    def values(self) -> dict[str, Any]:
        names = ("about", "closes_on", "dates")
        return {
            "key": self.cleaned_data["key"],
            "values": {name: self.cleaned_data[name] for name in names},
        }


class PollAnswerForm(forms.Form):
    """The answer to each date."""

    def __init__(self, *args: Any, respondent: PollRespondent, **kwargs: Any) -> None:
        self.dates: dict[str, UUID] = {}
        super().__init__(*args, **kwargs)
        given = dict(respondent.answers.order_by("pk").values_list("date_id", "answer"))
        labels = [(one.value, one.label.capitalize()) for one in DateAnswer]
        for date in PollDate.objects.filter(poll=respondent.poll_id):
            self.dates[f"date_{date.pk}"] = date.pk
            self.fields[f"date_{date.pk}"] = forms.ChoiceField(
                label=date.when,
                choices=labels,
                widget=forms.RadioSelect,
                initial=given.get(date.pk, ""),
            )

    def values(self) -> dict[str, Any]:
        return {"answers": {pk: self.cleaned_data[name] for name, pk in self.dates.items()}}


class ChooseDateForm(SeenForm):
    """The date that is chosen; at first the one that suits best."""

    date_id = forms.ChoiceField(label="Termin spotkania", widget=forms.RadioSelect)

    def __init__(self, *args: Any, standings: list[Standing], **kwargs: Any) -> None:
        best = next((one for one in standings if one.is_best), None)
        kwargs["initial"] = {"date_id": str(best.date.pk) if best else ""}
        super().__init__(*args, **kwargs)
        give(self, "date_id", [(str(one.date.pk), _words(one)) for one in standings])

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"version": data["version"], "date_id": UUID(data["date_id"])}


def _words(one: Standing) -> str:
    return f"{one.date.when} ({one.counts}{'; najlepszy termin' if one.is_best else ''})"


class EndPollForm(SeenForm):
    """The reason for which no date is chosen."""

    reason = LongText(
        label="Powód", help_text="Przeczytają go osoby z zespołu. Nie wpisuj danych rodzin."
    )
