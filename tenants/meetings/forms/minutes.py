"""Forms of minutes (REG §2.9)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, LongText
from kooperacja.ui.forms import KeyedForm, SeenForm, SeenNumber, give
from tenants.meetings.actions.minutes import REMARK_DAYS
from tenants.meetings.models.meetings import AgendaItem
from tenants.meetings.models.minutes import Extract, Minutes, MinutesText, Rectification, Remark
from tenants.people.forms import NO_FAMILIES
from tenants.people.models import Person

LONGEST_TEXT = 20_000


class BeginMinutesForm(KeyedForm):
    """Whoever chaired, and whoever takes the minutes: both of the Lider."""

    MODEL = Minutes
    chair = forms.TypedChoiceField(
        label="Przewodniczy", coerce=UUID, help_text="Pracę PZK prowadzi Lider (§ 2 ust. 1)."
    )
    taker = forms.TypedChoiceField(
        label="Protokołuje",
        coerce=UUID,
        help_text="Protokół pisze przedstawiciel Lidera (§ 2 ust. 9).",
    )

    def __init__(
        self, *args: Any, people: list[Person], chair: Person | None = None, **kwargs: Any
    ) -> None:
        """`people` of the Lider; `chair` is the one of them who leads the team."""
        super().__init__(*args, **kwargs)
        choices = [(str(person.pk), person.full_name) for person in people]
        for name in ("chair", "taker"):
            give(self, name, choices)
        if people:
            chair = chair or people[0]
            helping = [person for person in people if person.pk != chair.pk]
            self.fields["chair"].initial = str(chair.pk)
            self.fields["taker"].initial = str((helping or [chair])[0].pk)


class TextForm(forms.Form):
    """The text of one item of the minutes."""

    version = SeenNumber()
    words = LongText(label="Treść", rows=14, max_length=LONGEST_TEXT, help_text=NO_FAMILIES)

    def seen_now(self, current: MinutesText) -> dict[str, str]:
        return {"version": str(current.version + 1)}

    def saved_now(self, current: MinutesText) -> dict[str, Any]:
        return {"words": current.text}


class RemarkDaysForm(SeenForm):
    """The last day for remarks on the minutes."""

    until = DayField(label="Uwagi do dnia")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        last = timezone.localdate() + timedelta(days=REMARK_DAYS)
        super().__init__(*args, **{"initial": {"until": last}, **kwargs})


class RemarkForm(KeyedForm):
    """A remark of somebody who was present."""

    MODEL = Remark
    words = LongText(label="Uwaga", rows=6, help_text=NO_FAMILIES)


class RemarkAnswerForm(forms.Form):
    """The answer to a remark."""

    is_taken = forms.TypedChoiceField(
        label="Uwaga",
        widget=forms.RadioSelect,
        choices=[("1", "uwzględniona w tekście"), ("0", "nieuwzględniona")],
        coerce=lambda value: value == "1",
    )
    why = LongText(
        label="Wyjaśnienie", required=False, help_text="Wymagane, gdy uwaga nie jest uwzględniona."
    )


class RectificationForm(KeyedForm):
    """A rectification of approved minutes."""

    MODEL = Rectification
    reason = LongText(label="Powód", rows=3)
    text = LongText(
        label="Treść sprostowania",
        rows=6,
        help_text=f"Na przykład: w punkcie 2 zamiast „…” powinno być „…”. {NO_FAMILIES}",
    )

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"key": values.pop("key"), "values": values}


class ExtractForm(KeyedForm):
    """The items of an extract."""

    MODEL = Extract
    items = forms.TypedMultipleChoiceField(
        label="Punkty", widget=forms.CheckboxSelectMultiple, coerce=int
    )
    is_nameless = forms.BooleanField(
        label="Bez imion i nazwisk",
        required=False,
        help_text="Pomija imiona z nazwiskami osób ze spotkania, także odmienione, i nazwiska po "
        "„pan” albo „pani”. Samych nazwisk i osób spoza listy obecności nie pomija: sprawdź "
        "wyciąg, zanim go wydasz.",
    )

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.position, f"{item.position}. {item.title}") for item in items]
        give(self, "items", choices)
