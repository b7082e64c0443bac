"""The forms by which items of a meeting end and the meeting is closed (REG §2.9)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import SeenNumber
from tenants.meetings.actions.outcomes import Ended
from tenants.meetings.models.meetings import AgendaItem, ItemKind, Meeting, Outcome
from tenants.teams.models import Team

_NO_OUTCOME = [("", "jeszcze bez wyniku")]


class OutcomesForm(forms.Form):
    """All items of a meeting, each with its outcome; information is taken note of."""

    template_name = "components/_clauses_form.html"

    def __init__(
        self, *args: Any, items: Iterable[AgendaItem], teams: list[Team], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            for part, field in _fields(item, teams):
                self.fields[f"{part}-{item.pk}"] = field

    def others(self) -> list[BoundField]:
        """There is no field beside those of the items."""
        return []

    def paragraphs(self) -> list[tuple[str, list[BoundField]]]:
        """The fields of each item under its title."""
        return [
            (f"{item.position}. {item.title}", [self[name] for name in self._shown(item)])
            for item in self.items
        ]

    def _shown(self, item: AgendaItem) -> list[str]:
        names = (f"{part}-{item.pk}" for part in ("outcome", "outcome_text", "passed_to"))
        return [name for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for item in self.items:
            outcome = data.get(f"outcome-{item.pk}")
            if outcome == Outcome.DECIDED and not data.get(f"outcome_text-{item.pk}"):
                self.add_error(f"outcome_text-{item.pk}", "Napisz, co ustalono.")
            if outcome == Outcome.PASSED_ON and not data.get(f"passed_to-{item.pk}"):
                self.add_error(f"passed_to-{item.pk}", "Wybierz zespół, który dostanie ten punkt.")
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        items: dict[UUID, Ended] = {}
        for item in self.items:
            team = data.get(f"passed_to-{item.pk}")
            items[item.pk] = Ended(
                version=data[f"version-{item.pk}"],
                outcome=data[f"outcome-{item.pk}"],
                text=data[f"outcome_text-{item.pk}"],
                passed_to=UUID(team) if team else None,
            )
        return {"items": items}

    def seen_now(self, current: Meeting) -> dict[str, str]:
        return {f"version-{item.pk}": str(item.version) for item in current.items.all()}

    def saved_now(self, current: Meeting) -> dict[str, Any]:
        saved = {
            f"{part}-{item.pk}": getattr(item, name)
            for item in current.items.all()
            for part, name in _COLUMNS.items()
        }
        return {name: value for name, value in saved.items() if name in self.fields}


_COLUMNS = {"outcome": "outcome", "outcome_text": "outcome_text", "passed_to": "passed_to_id"}


def _fields(item: AgendaItem, teams: list[Team]) -> Iterable[tuple[str, forms.Field]]:
    of = f"punktu {item.position}"
    offered = [(code, label) for code, label in Outcome.choices if teams or code != "PASSED_ON"]
    noted = Outcome.NOTED if item.kind == ItemKind.INFORMATION else ""
    yield "version", SeenNumber(initial=item.version)
    yield (
        "outcome",
        forms.ChoiceField(
            label=f"Wynik {of}",
            required=False,
            choices=_NO_OUTCOME + offered,
            initial=item.outcome or noted,
        ),
    )
    yield (
        "outcome_text",
        LongText(label=f"Ustalenie z {of}", required=False, rows=3, initial=item.outcome_text),
    )
    if teams:
        yield (
            "passed_to",
            forms.ChoiceField(
                label=f"Zespół, któremu przekazano sprawę z {of}",
                required=False,
                choices=[("", "żaden"), *((str(team.pk), str(team)) for team in teams)],
                initial=str(item.passed_to_id or ""),
            ),
        )
