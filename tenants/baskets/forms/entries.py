"""The form of a service on a card, and the steps that it takes into the basket (REG §3.2–3.3)."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone

from kooperacja.ui.fields import DayField, Line, LongText, NumberField
from kooperacja.ui.forms import KeyedForm, RowForm, SeenForm, VersionedForm, give
from tenants.baskets.models.cards import OF_OTHERS, Card, How
from tenants.baskets.models.services import CYCLES, Service, ServiceEntry
from tenants.people.forms import NO_FAMILIES
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
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.types import areas, types

_HOURS = tuple(f"hours_{place}" for place in range(len(DAYS)))
_FEATURES = {f"has_{feature.lower()}": feature for feature in Feature}
_MOST_DAYS, _MOST_PLACES = 3650, 9999


def _kinds() -> list[tuple[str, Any]]:
    """All types under their areas."""
    grouped = [
        (area.name, [(one.code, one.name) for one in types() if one.area == area])
        for area in areas()
    ]
    return [("", "wybierz z listy"), *grouped]


def _several(label: str, choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class _ServiceForm(RowForm):
    """A service: what it is, for whom, how one gets in, when, where, with whom, and who sees it."""

    template_name = "components/_clauses_form.html"
    others: ClassVar[list[BoundField]] = []

    type_code = forms.ChoiceField(label="Rodzaj", choices=_kinds)
    groups = _several("Dla kogo", Group.choices)
    ways = _several("Gdzie", Way.choices)
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
    hours_other = LongText(
        label="Dni, które się różnią",
        required=False,
        rows=3,
        max_length=2000,
        help_text="Każdy w osobnym wierszu, na przykład: 24.12.2026 nieczynne.",
    )
    languages = _several("Języki", Language.choices, initial=[Language.POLISH])

    class Meta:
        model = ServiceEntry
        fields = (
            *("name", "about", "area", "legal_basis", "access", "referral", "needs_decision"),
            *("conditions", "papers", "cost", "cost_about", "hours_about"),
            *("is_protected", "street", "postal_code", "city"),
            *("contact_name", "phone", "email", "website"),
            *("sees_service", "sees_contact", "sees_place"),
        )
        widgets = {
            "about": forms.Textarea({"rows": 4}),
            **{name: forms.Textarea({"rows": 3}) for name in ("access", "conditions", "papers")},
        }
        help_texts = {
            "name": "Tak, jak o nią pytają ludzie.",
            "about": NO_FAMILIES,
            "area": "Na przykład: cała gmina. Puste pole: wszędzie tam, gdzie działa Partnerstwo.",
            "access": "Na przykład: zadzwoń i umów się.",
            "referral": "Na przykład: lekarz rodzinny. Puste pole: skierowania nie trzeba.",
            "cost_about": "Na przykład: 20 zł za godzinę.",
            "is_protected": "Na przykład schronisko albo mieszkanie interwencyjne. Nie zapiszemy "
            "wtedy ulicy ani kodu.",
            "contact_name": "Wpisz za zgodą tej osoby.",
        }

    def __init__(self, *args: Any, entry: ServiceEntry | None = None, **kwargs: Any) -> None:
        initial = {**(self.shown(entry) if entry else {}), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        for name, day in zip(_HOURS, DAYS, strict=True):
            self.fields[name] = Line(label=day.capitalize(), max_length=100, required=False)
        self.fields[_HOURS[0]].help_text = (
            "Na przykład 8:00–16:00 albo 8:00–12:00, 13:00–18:00, albo całą dobę. Puste pola we "
            "wszystkich dniach: nie wiadomo."
        )
        for name, feature in _FEATURES.items():
            field = forms.ChoiceField(
                label=str(feature.label), choices=sorted(Has.choices), required=False
            )
            self.fields[name] = field
        self.order_fields([name for _, names in _SECTIONS for name in names])

    @staticmethod
    def shown(entry: ServiceEntry) -> dict[str, Any]:
        """An entry as the fields show it."""
        shown = {name: getattr(entry, name) for name in _WHOLE}
        shown |= dict.fromkeys((*_HOURS, "hours_other"), "")
        if hours := entry.opening:
            closed = "" if any(hours.week) else CLOSED  # empty fields would say that nobody knows
            days = zip(_HOURS, hours.week, strict=True)
            shown |= {name: typed(day) or closed for name, day in days}
            shown["hours_other"] = typed_days(hours.exceptions)
        return shown | {name: entry.features.get(one, "") for name, one in _FEATURES.items()}

    @property
    def paragraphs(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields as they belong together."""
        for heading, names in _SECTIONS:
            yield heading, [self[name] for name in names]

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
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "Ostatni dzień jest wcześniej niż pierwszy.")
        if not any(data.get(name) for name in ("phone", "email", "website")) and not (
            {"phone", "email", "website"} & self.errors.keys()
        ):
            self.add_error("phone", "Podaj telefon, adres e-mail albo stronę internetową.")
        if data.get("places") is not None or data.get("waiting_days") is not None:
            data["counted_on"] = data.get("counted_on") or timezone.localdate()
        data["hours"] = self._hours(data)
        known = {str(feature): data.pop(name, "") for name, feature in _FEATURES.items()}
        data["features"] = {feature: has for feature, has in known.items() if has}
        return data

    def _clean_place(self, data: dict[str, Any]) -> None:
        if data.get("is_protected"):
            for name in ("street", "postal_code"):
                if data.get(name):
                    self.add_error(name, "Chronionego adresu nie zapisujemy. Zostaw puste.")
        elif Way.ON_SITE in data.get("ways", ()) and not data.get("city"):
            self.add_error("city", "Podaj miejscowość, skoro pomoc jest na miejscu.")

    def _clean_cost(self, data: dict[str, Any]) -> None:
        if data.get("cost") in (Cost.PARTLY, Cost.PAID) and not data.get("cost_about"):
            self.add_error("cost_about", "Napisz, ile to kosztuje albo od czego zależy.")

    def _hours(self, data: dict[str, Any]) -> dict[str, Any] | None:
        """The hours as they are kept; what can't be read is said beside its field."""
        texts = [data.pop(name, "") for name in (*_HOURS, "hours_other")]
        week = tuple(self._day(place, text) for place, text in enumerate(texts[:-1]))
        other = self._other(texts[-1])
        if other and not any(texts[:-1]):
            self.add_error(
                _HOURS[0], "Podaj też godziny w tygodniu, skoro niektóre dni się różnią."
            )
        return kept(Hours(week, other)) if any(texts) and not self.errors else None

    def _day(self, place: int, text: str) -> Intervals:
        try:
            day = intervals_of(text)
            return Hours(tuple(day if one == place else () for one in range(len(DAYS)))).week[place]
        except ValidationError as wrong:
            self.add_error(_HOURS[place], wrong)
            return ()

    def _other(self, text: str) -> tuple[OtherDay, ...]:
        try:
            return Hours(((),) * len(DAYS), tuple(other_days_of(text))).exceptions
        except ValidationError as wrong:
            self.add_error("hours_other", wrong)
            return ()


_SECTIONS = (
    ("Co to jest", ("name", "type_code", "about", "groups", "ways", "area", "legal_basis")),
    ("Jak skorzystać", ("access", "referral", "needs_decision", "conditions", "papers")),
    ("Ile kosztuje", ("cost", "cost_about")),
    ("Godziny", (*_HOURS, "hours_other", "hours_about")),
    (
        "Miejsca i terminy",
        ("places", "waiting_days", "counted_on", "valid_from", "valid_until"),
    ),
    ("Adres", ("is_protected", "street", "postal_code", "city")),
    ("Dostępność", (*_FEATURES, "languages")),
    ("Kontakt", ("contact_name", "phone", "email", "website")),
    ("Kto to zobaczy", ("sees_service", "sees_contact", "sees_place")),
)
_WHOLE = tuple(
    name
    for _, names in _SECTIONS
    for name in names
    if name not in (*_HOURS, "hours_other", *_FEATURES)
)


class NewServiceForm(KeyedForm, _ServiceForm):
    """A service that is put on a card."""

    MODEL = Service


class EditServiceForm(VersionedForm, _ServiceForm):
    """A service of which something is said otherwise."""

    def saved_now(self, current: ServiceEntry) -> dict[str, Any]:
        """The saved values by the names of the form's fields."""
        return self.shown(current)

    def seen_now(self, current: ServiceEntry) -> dict[str, str]:
        """The version of the service, which counts all that is said of it."""
        return {"version": str(current.service.version)}


class HowForm(forms.Form):
    """How somebody made sure that all of it is true; the institution itself simply knows."""

    how = forms.ChoiceField(label="Skąd to wiadomo", widget=forms.RadioSelect)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            known = [(How.OWNER, How.OWNER.label)]
            hidden = forms.ChoiceField(choices=known, widget=forms.HiddenInput, initial=How.OWNER)
            self.fields["how"] = hidden
        else:
            give(self, "how", OF_OTHERS)


class FileForm(SeenForm):
    """Hands a service to the Lider; how its truth was made sure of must be said of a new one."""

    how = forms.ChoiceField(label="Czy cały opis jest prawdziwy", widget=forms.RadioSelect)

    def __init__(self, *args: Any, is_own: bool, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(How.OWNER.value, "tak, sprawdziliśmy cały opis")]
        if not is_own:
            ways = [(way, f"tak, {label}") for way, label in OF_OTHERS]
        if not is_new:
            ways.append(("", "nie sprawdzono całości, tylko to, co się zmieniło"))
            self.fields["how"].required = False
        give(self, "how", ways)


class CycleForm(SeenForm):
    """Asks how often a service is to be confirmed."""

    cycle = forms.TypedChoiceField(
        label="Jak często potwierdzać", choices=CYCLES, coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, row: Service, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial={"cycle": row.cycle}, **kwargs)

    def saved_now(self, current: Service) -> dict[str, Any]:
        return {"cycle": current.cycle}


class ReturnForm(SeenForm):
    """Tells its institution what to mend."""

    reason = LongText(label="Co poprawić", max_length=1000, rows=4)


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


class CardForm(VersionedForm, RowForm):
    """The competences of its owner's people, and the things that it lends (REG §1.9)."""

    class Meta:
        model = Card
        fields = ("competences", "resources")
        widgets = {name: forms.Textarea({"rows": 5}) for name in ("competences", "resources")}
        help_texts = {
            "competences": "Według funkcji, na przykład: psycholog (2 osoby): terapia rodzin. "
            "Bez nazwisk.",
            "resources": "Na przykład: sala, samochód, sprzęt, wolontariusze; na jakich warunkach.",
        }
