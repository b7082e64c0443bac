"""The forms of a decision and of an exclusion from an item (REG §2.5, §2.7)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from kooperacja.ui.fields import Line, LongText
from kooperacja.ui.forms import KeyedForm, VersionedForm
from tenants.meetings.actions.deciding import Said
from tenants.meetings.models.attendance import Attendance
from tenants.meetings.models.decisions import CHOICES, WAYS, Decision, Exclusion, Voice
from tenants.meetings.models.meetings import AgendaItem
from tenants.meetings.voices import Base, Choice, Key, Way, objection_error

_REST, _NONE, _LEAD = "REST", "NONE", "LEAD"
_OF_ALL = (
    "Regulamin liczy głosy od wszystkich instytucji zespołu: wspólne stanowisko wymaga zgody każdej "
    "z nich albo wstrzymania się, a większość to więcej niż połowa z nich. Nieobecni nie są za."
)
_POSITION_HELP = (
    "Tylko gdy wspólnego stanowiska nie uzgodniono: co instytucje mimo to uznają za wspólne. "
    "Zapisuje się je obok sprzeciwów."
)
_NO_POSITION = "Napisz, co mimo sprzeciwu jest wspólnym stanowiskiem, albo że go nie ma."
_OUT = (_NONE, "nie ma głosu: nie było jej przy głosowaniu")


class DecisionForm(VersionedForm):
    """The wording of a decision and the voice of each institution that was there."""

    template_name = "components/_clauses_form.html"

    way = forms.ChoiceField(
        label="Sposób podjęcia decyzji",
        choices=[one for one in WAYS if one[0] != Way.CIRCULATION],
        widget=forms.RadioSelect,
        initial=Way.AGREEMENT,
        help_text="Wspólne stanowisko jest uzgodnione, gdy nikt się nie sprzeciwia. Większość to "
        "więcej niż połowa głosów instytucji, które biorą udział; równa liczba nie wystarcza.",
    )
    text = LongText(label="Treść decyzji albo wspólnego stanowiska")
    position = LongText(
        label="Wspólne stanowisko mimo sprzeciwu",
        required=False,
        help_text=_POSITION_HELP,
    )
    rest = forms.ChoiceField(
        label="Głos instytucji, którym niżej nie wpisano innego",
        choices=[CHOICES[0], _OUT],
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        item: AgendaItem,
        voters: Mapping[Key, str],
        decision: Decision | None,
        base: Base = Base.PRESENT,
        **kwargs: Any,
    ) -> None:
        self.voters = dict(voters)
        saved = {row.organisation_id: row for row in _counting(decision)}
        initial: dict[str, Any] = {"version": item.version, "text": item.outcome_text}
        if decision:
            initial |= {"way": decision.way, "text": decision.text, "rest": _NONE}
            initial["position"] = decision.common_position
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        if base == Base.ALL:
            self.fields["way"].help_text = _OF_ALL
        for key, name in self.voters.items():
            voice = saved.get(key)
            self.fields[f"choice-{key}"] = forms.ChoiceField(
                label="Głos",
                choices=[(_REST, "jak zaznaczono wyżej"), *CHOICES, _OUT],
                initial=voice.choice if voice else _REST,
            )
            self.fields[f"reason-{key}"] = Line(
                label=f"Powód sprzeciwu ({name})",
                max_length=1000,
                required=False,
                initial=voice.reason if voice else "",
            )

    def others(self) -> list[BoundField]:
        """The fields beside the voices."""
        return [self["way"], self["text"], self["position"], self["rest"]]

    def paragraphs(self) -> list[tuple[str, list[BoundField]]]:
        """The voice of each institution under its name."""
        return [
            (name, [self[f"choice-{key}"], self[f"reason-{key}"]])
            for key, name in self.voters.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for key in self.voters:
            choice, reason = data.get(f"choice-{key}"), data.get(f"reason-{key}") or ""
            way = Way(data["way"]) if data.get("way") else Way.MAJORITY
            if choice == Choice.NO and (why := objection_error(way, Choice.NO, reason)):
                self.add_error(f"reason-{key}", why)
        if not self.errors and not self._said():
            self.add_error("rest", "Nikt nie ma głosu, więc nie ma decyzji.")
        if not self.errors and self._is_objected_to() and not data.get("position"):
            self.add_error("position", _NO_POSITION)
        return data

    def _is_objected_to(self) -> bool:
        choices = {one.choice for one in self._said().values()}
        return self.cleaned_data["way"] == Way.AGREEMENT and Choice.NO in choices

    def _said(self) -> dict[Key, Said]:
        data = self.cleaned_data
        said: dict[Key, Said] = {}
        for key in self.voters:
            choice = data[f"choice-{key}"]
            choice = data["rest"] if choice == _REST else choice
            if choice != _NONE:
                said[key] = Said(choice, data[f"reason-{key}"])
        return said

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        same = {name: data[name] for name in ("version", "way", "text", "position")}
        return {**same, "said": self._said()}


class PositionForm(VersionedForm):
    """The common position where voices counted by themselves reached no agreement."""

    position = LongText(label="Wspólne stanowisko mimo sprzeciwu", help_text=_POSITION_HELP)

    def __init__(self, *args: Any, item: AgendaItem, decision: Decision, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": item.version, "position": decision.common_position}
        super().__init__(*args, **kwargs)


def _counting(decision: Decision | None) -> list[Voice]:
    """The voices that are not void."""
    return [row for row in decision.voices.all() if not row.is_struck] if decision else []


class ExclusionForm(KeyedForm):
    """Somebody who is left out of an item, and the reason."""

    MODEL = Exclusion
    who = forms.ChoiceField(label="Kogo wyłączyć")
    reason = LongText(
        label="Powód", help_text="Na przykład: sprawa dotyczy umowy z tą osobą. Bez danych rodzin."
    )

    def __init__(self, *args: Any, rows: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["who"]
        field.choices = [("", "wybierz z listy")]
        field.choices += [
            (str(row.pk), f"{row.deputy or row.who}, {row.institution}") for row in rows
        ]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"key": data["key"], "reason": data["reason"], "attendance_id": UUID(data["who"])}


class VoiceForm(forms.Form):
    """The voice of an institution by circulation; a person with two seats says for which."""

    keeps_draft = False  # nobody keeps how somebody was about to vote

    institution = forms.ChoiceField(label="W imieniu", widget=forms.RadioSelect)
    choice = forms.ChoiceField(
        label="Głos",
        choices=CHOICES,
        widget=forms.RadioSelect,
        help_text="Możesz go zmienić, dopóki trwa tura e-mailowa.",
    )
    reason = Line(
        label="Powód",
        max_length=1000,
        required=False,
        help_text="Wymagany przy sprzeciwie. Bez danych rodzin.",
    )

    def __init__(self, *args: Any, seats: Mapping[Key, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["institution"]
        field.choices = [(str(key or _LEAD), name) for key, name in seats.items()]
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        sent = values["institution"]
        return {**values, "institution": None if sent == _LEAD else UUID(sent)}
