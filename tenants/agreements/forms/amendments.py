"""Forms of an aneks: its days and reasons, who signs it, each of its changes, its end (POR)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, LongText, NumberField
from kooperacja.ui.forms import KeyedForm, RowForm, SeenForm, VersionedForm
from tenants.agreements.citations import typed
from tenants.agreements.clauses import Variant
from tenants.agreements.forms.additions import check_term
from tenants.agreements.forms.fields import PartyField
from tenants.agreements.models import AmendedClause, Amendment, Party
from tenants.agreements.models.agreements import Signers
from tenants.agreements.models.amendments import LONGEST_REASONS, ChangeKind
from tenants.agreements.units import Named
from tenants.regulation.parameters import Period, PlacePolicy

Choices = list[tuple[str, str]]
_REFERENCE = (
    "Odesłanie do innego postanowienia wpisz w nawiasie kwadratowym, na przykład [§ 2 ust. 3]: jego "
    "numer przeliczy się sam, także przy późniejszych aneksach."
)
_OWN_TEXT = "Zostaw puste, żeby wziąć brzmienie wzoru z nową wartością. "


class AmendmentForm(GuardedForm, RowForm):
    """The day and the reasons of an aneks, who must sign it, when it comes into force."""

    dated_on = DayField(
        label="Data aneksu",
        required=False,
        help_text="Dzień zawarcia, „aneks z dnia”. Nie wcześniejszy niż dzień, od którego "
        "porozumienie obowiązuje.",
    )
    justification = LongText(
        label="Uzasadnienie",
        rows=4,
        required=False,
        max_length=LONGEST_REASONS,
        help_text="Przeczytają je wszystkie Strony; stanie też w aneksie.",
    )
    named = forms.MultipleChoiceField(
        label="Strony, których zmiana dotyczy",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="One podpisują ten aneks.",
    )

    class Meta:
        model = Amendment
        fields = ("signers", "sign_by", "force", "force_on")
        help_texts = {
            "signers": "Tego porozumienie z początku nie pytało. Jeśli o aneksach milczy, podpisują "
            "wszystkie Strony.",
            "sign_by": "Jeśli do tego dnia nie podpiszą wszyscy, którzy mają podpisać, aneks nie "
            "wejdzie w życie.",
            "force_on": "Tylko gdy w ustalonym dniu; nie wcześniej niż ostatni dzień na podpisy.",
        }
        widgets = {"signers": forms.RadioSelect, "force": forms.RadioSelect}

    field_order = ("dated_on", "justification", "signers", "named", "sign_by", "force", "force_on")

    def __init__(self, *args: Any, parties: Choices, agreed: str, **kwargs: Any) -> None:
        row = kwargs.get("instance")
        initial = kwargs.setdefault("initial", {})
        if row is not None:
            named = [str(one) for one in row.sides.values_list("party", flat=True)]
            # Fields that are declared above are none of the model's own.
            initial |= {"named": named if row.signers == Signers.NAMED else []}
            initial |= {"dated_on": row.dated_on, "justification": row.justification}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["named"]
        field.choices = parties
        if agreed:
            del self.fields["signers"]
        else:
            field.help_text = "Tylko gdy podpisują nie wszystkie Strony."
        if agreed == Signers.ALL:
            del self.fields["named"]

    def values(self) -> dict[str, Any]:
        said = super().values()
        return {**said, "named": said["values"].pop("named", ())}

    def saved_now(self, current: Amendment) -> dict[str, Any]:
        names = ("dated_on", "justification", "signers", "sign_by", "force", "force_on")
        return {name: getattr(current, name) for name in names if name in self.fields}


class NewAmendmentForm(KeyedForm, AmendmentForm):
    """An aneks that begins."""


class EditAmendmentForm(VersionedForm, AmendmentForm):
    """An aneks of which something is changed before it is sent."""


class _ChangeForm(GuardedForm):
    """One change of an aneks, in the text that is in force."""

    def __init__(
        self, *args: Any, text: "TextOf", row: AmendedClause | None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = kwargs.setdefault("initial", {})
        if row is not None:
            initial |= {"version": row.version, "clause": row.clause, "place": row.place}
            initial |= {"heading": row.heading, "text": typed(row.text, text.names)}
            initial |= {
                name: getattr(row, name)
                for name in ("meetings_count", "meetings_period", "place_policy", "meeting_place")
            }
            initial |= {"due_on": row.due_on, "party": row.party_id}
            initial |= {"units": [one["code"] for one in row.units]}
        elif "clause" in self.base_fields:
            initial["clause"] = text.clause
        super().__init__(*args, **kwargs)
        self._text = text
        self.arrange(text)

    def arrange(self, text: "TextOf") -> None:
        """Give the fields their choices."""

    def clause_now(self) -> dict[str, str] | None:
        """The clause that is chosen, as it reads in the text in force."""
        key = self["clause"].value() if "clause" in self.fields else self._text.clause
        if key not in self._text.wordings:
            return None
        return {"name": self._text.names[key], "text": self._text.wordings[key]}

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart: dict[str, Any] = {
            name: values.pop(name) for name in ("key", "version") if name in values
        }
        return {**apart, "values": values}

    def saved_now(self, current: AmendedClause) -> dict[str, Any]:
        names = [name for name in self.fields if name not in ("key", "version")]
        saved = {name: getattr(current, name) for name in names if hasattr(current, name)}
        return (
            {**saved, "text": typed(current.text, self._text.names)} if "text" in saved else saved
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class TextOf:
    """The text in force as the forms of changes ask it: its clauses, places, gminas and parties."""

    variant: str
    names: Mapping[str, str]
    wordings: Mapping[str, str]
    clauses: Choices
    places: Choices
    clause: str  # the one that is changed, "" where none is chosen yet
    units: Sequence[Named] = ()
    parties: Sequence[Party] = ()


def _text(label: str, help_text: str = "", required: bool = True) -> LongText:
    return LongText(
        label=label,
        rows=6,
        required=required,
        max_length=5000,
        help_text=f"{help_text}{_REFERENCE}",
    )


class _RewordForm(_ChangeForm):
    clause = forms.ChoiceField(label="Postanowienie")
    text = _text("Nowe brzmienie")

    def arrange(self, text: TextOf) -> None:
        field: Any = self.fields["clause"]
        field.choices = [("", "wybierz"), *text.clauses]


class _AddForm(_ChangeForm):
    place = forms.ChoiceField(label="Gdzie")
    heading = LongText(
        label="Tytuł paragrafu",
        rows=1,
        required=False,
        max_length=200,
        help_text="Tylko przy nowym paragrafie; może zostać pusty.",
    )
    text = _text("Treść", "Punkt listy zacznij małą literą. ")
    due_on = DayField(
        label="Termin",
        required=False,
        help_text="Tylko przy punkcie listy obowiązków; może zostać pusty. Termin stanie w tekście, "
        "a gdy aneks wejdzie w życie, obowiązek będzie ustaleniem zespołu.",
    )
    party = PartyField(
        Party.objects.none(),
        label="Kto wykona",
        required=False,
        empty_label="Strony wspólnie",
        help_text="Tylko przy obowiązku z terminem.",
    )

    def arrange(self, text: TextOf) -> None:
        field: Any = self.fields["place"]
        field.choices = [("", "wybierz"), *text.places]
        party: Any = self.fields["party"]
        party.queryset = Party.objects.with_names().filter(pk__in=[one.pk for one in text.parties])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("heading") and data.get("place") not in {None, "end"}:
            self.add_error("heading", "Tytuł może mieć tylko nowy paragraf.")
        check_term(self, data)
        return data


class _RemoveForm(_ChangeForm):
    clause = forms.ChoiceField(
        label="Postanowienie",
        help_text="Razem z jego punktami. Numery dalszych postanowień i odesłania przeliczą się "
        "same; postanowienia, do którego inne odsyła, nie można skreślić, dopóki odsyła.",
    )

    def arrange(self, text: TextOf) -> None:
        field: Any = self.fields["clause"]
        field.choices = [("", "wybierz"), *text.clauses]


class _RhythmForm(_ChangeForm):
    meetings_count = NumberField(
        label="Spotkania nie rzadziej niż (liczba)", min_value=1, max_value=60
    )
    meetings_period = forms.ChoiceField(
        label="W czasie",
        choices=[("", "wybierz"), *Period.choices],
        help_text="Na przykład 2 i „kwartał”: dwa razy na kwartał. Od wejścia aneksu w życie "
        "według tego liczymy spotkania zespołu.",
    )
    text = _text("Własne brzmienie", _OWN_TEXT, required=False)


class _PlaceForm(_ChangeForm):
    place_policy = forms.ChoiceField(
        label="Gdzie się spotykacie",
        choices=PlacePolicy.choices,
        initial=PlacePolicy.FIXED,
        widget=forms.RadioSelect,
    )
    meeting_place = LongText(
        label="Miejsce spotkań",
        rows=1,
        required=False,
        max_length=300,
        help_text="W mianowniku, na przykład „siedziba Partnera nr 2”.",
    )
    text = _text("Własne brzmienie", _OWN_TEXT, required=False)

    def arrange(self, text: TextOf) -> None:
        if text.variant != Variant.B:
            del self.fields["place_policy"]

    def values(self) -> dict[str, Any]:
        said = super().values()
        said["values"].setdefault("place_policy", PlacePolicy.FIXED)
        return said


class _UnitsForm(_ChangeForm):
    units = forms.MultipleChoiceField(
        label="Na terenie których gmin",
        widget=forms.CheckboxSelectMultiple,
        help_text="Wszystkie, których porozumienie ma dotyczyć od wejścia aneksu w życie. Gmina, "
        "której tu nie ma, dowie się o tym, a delegacje do jej GGK się skończą.",
    )
    text = _text("Własne brzmienie", _OWN_TEXT, required=False)

    def arrange(self, text: TextOf) -> None:
        self._units = {one["code"]: one["name"] for one in text.units}
        field: Any = self.fields["units"]
        field.choices = list(self._units.items())
        if text.variant == Variant.C:
            more = "Tak samo zmieni się § 1 ust. 2, chyba że ten aneks sam podaje jego brzmienie. "
            self.fields["text"].help_text = f"{more}{self.fields['text'].help_text}"

    def values(self) -> dict[str, Any]:
        said = super().values()
        codes = said["values"]["units"]
        said["values"]["units"] = [{"code": code, "name": self._units[code]} for code in codes]
        return said

    def saved_now(self, current: AmendedClause) -> dict[str, Any]:
        return {**super().saved_now(current), "units": [one["code"] for one in current.units]}


class _NewChangeForm(KeyedForm):
    """Makes one change."""

    MODEL = AmendedClause


class NewRewordForm(_RewordForm, _NewChangeForm):
    """Another text of a clause."""


class EditRewordForm(_RewordForm, VersionedForm):
    """The same, changed."""


class NewClauseForm(_AddForm, _NewChangeForm):
    """A new clause or duty."""


class EditClauseForm(_AddForm, VersionedForm):
    """The same, changed."""


class NewRemovalForm(_RemoveForm, _NewChangeForm):
    """A clause that goes."""


class EditRemovalForm(_RemoveForm, VersionedForm):
    """The same, changed."""


class NewRhythmForm(_RhythmForm, _NewChangeForm):
    """Another rhythm of meetings."""


class EditRhythmForm(_RhythmForm, VersionedForm):
    """The same, changed."""


class NewPlaceForm(_PlaceForm, _NewChangeForm):
    """Another place of meetings."""


class EditPlaceForm(_PlaceForm, VersionedForm):
    """The same, changed."""


class NewUnitsForm(_UnitsForm, _NewChangeForm):
    """Other gminas."""


class EditUnitsForm(_UnitsForm, VersionedForm):
    """The same, changed."""


NEW = {
    ChangeKind.TEXT: NewRewordForm,
    ChangeKind.ADDED: NewClauseForm,
    ChangeKind.REMOVED: NewRemovalForm,
    ChangeKind.RHYTHM: NewRhythmForm,
    ChangeKind.PLACE: NewPlaceForm,
    ChangeKind.UNITS: NewUnitsForm,
}
EDIT = {
    ChangeKind.TEXT: EditRewordForm,
    ChangeKind.ADDED: EditClauseForm,
    ChangeKind.REMOVED: EditRemovalForm,
    ChangeKind.RHYTHM: EditRhythmForm,
    ChangeKind.PLACE: EditPlaceForm,
    ChangeKind.UNITS: EditUnitsForm,
}


class AmendmentReasonForm(GuardedForm, SeenForm):
    """The reason for which an aneks comes back to be mended; it is told to the parties."""

    reason = LongText(label="Powód", rows=3, max_length=500, help_text="Przeczytają go Strony.")


class DiscardAmendmentForm(SeenForm):
    """The reason for which a draft is given up; the office alone reads it."""

    reason = LongText(label="Powód", rows=3, max_length=500)
