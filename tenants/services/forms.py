"""Forms of the description of a service, wherever it is kept (REG §3.2)."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.text import capfirst

from kooperacja.ui.fields import DayField, Line, NumberField
from kooperacja.ui.forms import give
from tenants.services.addresses import tells
from tenants.services.described import Described
from tenants.services.hours_form import HOURS, OTHER_DAYS, HoursForm, shown_hours, side_by_side
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.units import UnitsField, typed
from tenants.services.vocabulary import vocabulary

FEATURE_FIELDS = {f"has_{feature.lower()}": feature for feature in Feature}
_MOST_DAYS, _MOST_PLACES = 3650, 9999
_OLDEST = 120
_SHORT = ("age_from", "age_until", "places", "waiting_days", "valid_from", "valid_until")


def _kinds(kept: str = "") -> list[tuple[str, Any]]:
    """All types under their areas, and the one that a service has already."""
    return [("", "wybierz z listy"), *vocabulary().choices(kept)]


def _several(label: str, choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class DescriptionForm(HoursForm):
    """A service: what it is, for whom, how one gets in, when, where, with whom, and who sees it."""

    template_name = "components/_clauses_form.html"
    others: ClassVar[list[BoundField]] = []

    type_code = forms.ChoiceField(label="Rodzaj", choices=_kinds)
    groups = _several("Dla kogo", Group.choices)
    ways = _several("Gdzie", Way.choices)
    age_from = NumberField(label="Wiek od", required=False, min_value=0, max_value=_OLDEST)
    age_until = NumberField(
        label="Wiek do",
        required=False,
        min_value=0,
        max_value=_OLDEST,
        help_text="Ukończone lata. Puste pola: wiek nie ma znaczenia.",
    )
    units = UnitsField(
        label="Gminy i powiaty",
        help_text="Nazwy albo kody TERYT, po przecinku. Puste pole: wszędzie tam, gdzie działa "
        "Partnerstwo.",
    )
    seat = UnitsField(
        label="Gmina adresu",
        is_place=True,
        help_text="Nazwa albo kod TERYT: stąd wiemy, jak to daleko. Puste pole w gminie: ta gmina.",
    )
    waiting_days = NumberField(
        label="Ile dni się czeka", required=False, min_value=0, max_value=_MOST_DAYS
    )
    places = NumberField(label="Wolne miejsca", required=False, min_value=0, max_value=_MOST_PLACES)
    counted_on = DayField(
        label="Stan na dzień",
        required=False,
        help_text="Po 30 dniach pokażemy, że nie wiadomo. Puste pole to dzisiaj.",
    )
    valid_from = DayField(label="Działa od", required=False)
    valid_until = DayField(label="Działa do", required=False)
    languages = _several("Języki", Language.choices, initial=[Language.POLISH])

    class Meta:
        fields = (
            *("name", "about", "area", "legal_basis", "access", "referral", "needs_decision"),
            *("conditions", "papers", "cost", "cost_about", "hours_about"),
            *("in_ukrainian", "easy_to_read"),
            *("is_protected", "street", "postal_code", "city"),
            *("contact_name", "phone", "email", "website"),
            *("sees_service", "sees_contact", "sees_place"),
        )
        widgets = {
            "about": forms.Textarea({"rows": 4}),
            **{name: forms.Textarea({"rows": 3}) for name in ("access", "conditions", "papers")},
            "in_ukrainian": forms.Textarea({"rows": 4, "lang": "uk"}),
            "easy_to_read": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "name": "Tak, jak o nią pytają ludzie.",
            "about": "Nie wpisuj danych osób, którym pomagacie.",
            "area": "Gdy to mniej niż cała gmina, na przykład: sołectwa albo osiedle.",
            "access": "Na przykład: zadzwoń i umów się.",
            "referral": "Na przykład: lekarz rodzinny. Puste pole: skierowania nie trzeba.",
            "cost_about": "Na przykład: 20 zł za godzinę.",
            "in_ukrainian": "Co to jest i co zrobić, w kilku zdaniach. Rodzina dostanie to na liście "
            "zamiast opisu po polsku.",
            "easy_to_read": "To samo dla osoby, której trudno się czyta: krótkie zdania, każde w "
            "osobnym wierszu, zwykłe słowa.",
            "is_protected": "Na przykład schronisko albo mieszkanie interwencyjne. Nie zapiszemy "
            "wtedy ulicy ani kodu.",
            "contact_name": "Wpisz za zgodą tej osoby.",
        }

    def __init__(self, *args: Any, entry: Described | None = None, **kwargs: Any) -> None:
        initial = {**(self.shown(entry) if entry else {}), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        self._former_street = entry.street if entry else ""
        if entry:
            self.keep_type(entry.type_code)
        for name, feature in FEATURE_FIELDS.items():
            field = forms.ChoiceField(
                label=capfirst(str(feature.label)), choices=sorted(Has.choices), required=False
            )
            self.fields[name] = field
        side_by_side(self, *_SHORT, *FEATURE_FIELDS)
        self.order_fields([name for _, names in _SECTIONS for name in names])

    def keep_type(self, code: str) -> None:
        """Let the service keep the type that it has, though that has ended."""
        give(self, "type_code", _kinds(code))

    @staticmethod
    def shown(entry: Described) -> dict[str, Any]:
        """An entry as the fields show it."""
        shown = {name: getattr(entry, name) for name in _WHOLE} | shown_hours(entry.opening)
        shown |= {name: typed(getattr(entry, name)) for name in ("units", "seat")}
        return shown | {name: entry.features.get(one, "") for name, one in FEATURE_FIELDS.items()}

    @property
    def paragraphs(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields as they belong together."""
        for heading, names in _SECTIONS:
            if fields := [self[name] for name in names if name in self.fields]:
                yield heading, fields

    def clean_groups(self) -> list[str]:
        groups: list[str] = self.cleaned_data["groups"]
        return [Group.ALL] if Group.ALL in groups else groups

    def clean_counted_on(self) -> Any:
        counted = self.cleaned_data["counted_on"]
        if counted and counted > timezone.localdate():
            raise ValidationError("Ten dzień jeszcze nie nadszedł.")
        return counted

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_place(data)
        self._clean_cost(data)
        youngest, oldest = data.get("age_from"), data.get("age_until")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("age_until", "To mniej niż wiek, od którego można skorzystać.")
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "Ostatni dzień jest wcześniej niż pierwszy.")
        if not any(data.get(name) for name in ("phone", "email", "website")) and not (
            {"phone", "email", "website"} & self.errors.keys()
        ):
            self.add_error("phone", "Podaj telefon, adres e-mail albo stronę internetową.")
        if data.get("places") is not None or data.get("waiting_days") is not None:
            data["counted_on"] = data.get("counted_on") or timezone.localdate()
        data["hours"] = self.hours_of(data)
        known = {str(feature): data.pop(name, "") for name, feature in FEATURE_FIELDS.items()}
        data["features"] = {feature: has for feature, has in known.items() if has}
        return data

    def _clean_place(self, data: dict[str, Any]) -> None:
        if data.get("is_protected"):
            for name in ("street", "postal_code", "seat"):
                if data.get(name):
                    self.add_error(name, "Chronionego adresu nie zapisujemy. Zostaw puste.")
            if tells(data.get("name", ""), self._former_street):
                self.add_error("name", "Ta nazwa mówi, gdzie to jest. Usuń z niej adres.")
        elif Way.ON_SITE in data.get("ways", ()) and not data.get("city"):
            self.add_error("city", "Podaj miejscowość, skoro pomoc jest na miejscu.")

    def _clean_cost(self, data: dict[str, Any]) -> None:
        if data.get("cost") in (Cost.PARTLY, Cost.PAID) and not data.get("cost_about"):
            self.add_error("cost_about", "Napisz, ile to kosztuje albo od czego zależy.")


_WHAT = (
    *("name", "type_code", "about", "groups", "age_from", "age_until", "ways", "units", "area"),
    "legal_basis",
)
_SECTIONS = (
    ("Co to jest", _WHAT),
    ("Jak skorzystać", ("access", "referral", "needs_decision", "conditions", "papers")),
    ("Ile kosztuje", ("cost", "cost_about")),
    ("Dla rodziny, innymi słowami", ("easy_to_read", "in_ukrainian")),
    ("Godziny", (*HOURS, OTHER_DAYS, "hours_about")),
    (
        "Miejsca i terminy",
        ("places", "waiting_days", "counted_on", "valid_from", "valid_until"),
    ),
    ("Adres", ("is_protected", "street", "postal_code", "city", "seat")),
    ("Dostępność", (*FEATURE_FIELDS, "languages")),
    ("Kontakt", ("contact_name", "phone", "email", "website")),
    ("Kto to zobaczy", ("sees_service", "sees_contact", "sees_place")),
)
_WHOLE = tuple(
    name
    for _, names in _SECTIONS
    for name in names
    if name not in (*HOURS, OTHER_DAYS, *FEATURE_FIELDS)
)


class BreakForm(forms.Form):
    """A break: its first day, and its last one if that is known."""

    from_on = DayField(label="Od dnia", initial=timezone.localdate)
    until_on = DayField(
        label="Do dnia",
        required=False,
        help_text="Ostatni dzień przerwy. Potem usługa wróci sama.",
    )
    why = Line(label="Powód", max_length=300, required=False)


class EndServiceForm(forms.Form):
    """The day from which it is given no longer."""

    ended_on = DayField(label="Od dnia", initial=timezone.localdate)
    why = Line(label="Powód", max_length=300, required=False)
