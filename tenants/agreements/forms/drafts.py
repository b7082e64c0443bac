"""Forms of a draft: its variant, its blanks, how it ends (POR)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, LongText, NumberField, SearchField, Suggesting
from kooperacja.ui.forms import (
    Asked,
    AskingForm,
    FilterForm,
    KeyedForm,
    RowForm,
    SearchForm,
    SeenForm,
    VersionedForm,
    any_of,
)
from kooperacja.ui.polish import pl_date
from tenants.agreements.clauses import Variant
from tenants.agreements.models import Agreement
from tenants.agreements.rules import is_far
from tenants.agreements.units import Named
from tenants.agreements.workflow import AgreementState
from tenants.partnership.rules import said_where

EXPLAINED = {
    Variant.A: "Partnerstwo instytucji, które spotykają się w stałym miejscu i pracują na Karcie "
    "pracy z rodziną. Osoby do współpracy są wymienione w tekście. Dla gminy albo powiatu, które "
    "zaczynają.",
    Variant.B: "Jak A, w krótszym układzie; spotkania mogą się też odbywać kolejno u każdego z "
    "Partnerów.",
    Variant.C: "Powołuje Powiatowy Zespół Kooperacji, który spotyka się co najmniej raz na kwartał, "
    "i opisuje Gminną Grupę Kooperacji, do której instytucje delegują osoby. Do porozumienia mogą "
    "potem przystąpić inne instytucje. Dla powiatu z jego gminami i dla miasta na prawach powiatu.",
}
# Fields that a variant has none of: its text has no such blank.
_ABSENT: dict[str, tuple[str, ...]] = {
    Variant.A: ("place_policy", "informer"),
    Variant.B: ("informer",),
    Variant.C: ("place_policy", "meetings_count", "meetings_period", "regional_support"),
}
_CHECK = "agreements/_past_day_check.html"
SECRETARY = "sekretarza Powiatowego Zespołu Kooperacji"


class AgreementVariantForm(KeyedForm):
    """The variant of a new draft."""

    MODEL = Agreement

    variant = forms.ChoiceField(
        label="Wariant",
        choices=[(one.value, f"Wariant {one.value}. {EXPLAINED[one]}") for one in Variant],
        widget=forms.RadioSelect,
        help_text="Wariantu nie można potem zmienić; można zacząć drugi projekt.",
    )


class AgreementBlanksForm(VersionedForm, RowForm, AskingForm):
    """The blanks of the variant, and how the agreement comes into force."""

    units = forms.MultipleChoiceField(
        label="Na terenie których gmin",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Jedna albo kilka; w tekście staną w dopełniaczu, na przykład „gmin Gogolin i "
        "Walce”.",
    )
    meetings_count = NumberField(
        label="Spotkania nie rzadziej niż (liczba)",
        min_value=1,
        max_value=60,
        help_text="Na przykład 2 i „kwartał”: dwa razy na kwartał.",
    )
    concluded_on = DayField(
        label="Dzień zawarcia",
        required=False,
        help_text="Może zostać pusty: porozumienie jest wtedy zawarte w dniu złożenia ostatniego "
        "podpisu i tak stanie w tekście.",
    )
    enough = NumberField(
        label="Ile podpisów wystarczy",
        required=False,
        min_value=2,
        max_value=60,
        help_text="Tylko gdy wystarczy ustalona liczba podpisów.",
    )

    class Meta:
        model = Agreement
        fields = (
            *("place", "concluded_on", "county", "voivodeship", "rops"),
            *("meetings_count", "meetings_period"),
            *("place_policy", "meeting_place", "regional_support", "informer"),
            *("force", "sign_by", "force_on", "enough", "amended_by"),
        )
        labels = {
            "place": "Miejsce zawarcia (w czym?)",
            "informer": "Przez kogo Strony dowiedzą się o nowej Stronie",
        }
        help_texts = {
            "place": "W miejscowniku, na przykład „Krapkowicach”: zawarte w Krapkowicach.",
            "county": "W mianowniku, na przykład „powiat krapkowicki”.",
            "voivodeship": "W mianowniku, na przykład „opolskie”.",
            "rops": "W mianowniku, na przykład „Regionalny Ośrodek Polityki Społecznej w Opolu”.",
            "meeting_place": "W mianowniku, na przykład „siedziba Partnera nr 1”.",
            "regional_support": "Kto albo co, na przykład doradca ROPS. W mianowniku.",
            "informer": "W bierniku, tak jak stanie w tekście: „poinformowane przez sekretarza "
            "Powiatowego Zespołu Kooperacji”.",
            "force": "Wzór porozumienia tego nie mówi, dlatego wybiera się to tutaj; do tekstu nic "
            "nie dopisujemy.",
            "sign_by": "Potrzebny, gdy wejdzie w życie po ostatnim dniu na podpisy.",
            "force_on": "Tylko gdy wejdzie w życie w ustalonym dniu.",
            "amended_by": "Także o tym wzór milczy i do tekstu nic nie dopisujemy. Po przekazaniu "
            "do podpisu nie można tego zmienić, a aneks już o to nie zapyta.",
        }

    field_order = ("place", "concluded_on", "units", "county", "voivodeship", "rops")

    def __init__(
        self, *args: Any, gminas: list[Named], advisers: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in _ABSENT[self.instance.variant]:
            del self.fields[name]
        known = {one["code"]: one["name"] for one in [*self.instance.units, *gminas]}
        field: Any = self.fields["units"]
        self._names = known
        field.choices = list(known.items())
        field.initial = [one["code"] for one in self.instance.units]
        if advisers and "regional_support" in self.fields:
            support = self.fields["regional_support"]
            support.widget = Suggesting(advisers, support.widget.attrs)
            support.help_text = f"{support.help_text} Z listy ROPS: {'; '.join(advisers)}."
        if "informer" in self.fields and not self.instance.informer:
            self.initial["informer"] = SECRETARY

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("concluded_on")
        # A day that was there before is a decision that was made.
        if day and "concluded_on" in self.changed_data and is_far(day, timezone.localdate()):
            words = (
                f"Dzień zawarcia {pl_date(day)} jest o ponad rok od dzisiaj. Sprawdź rok. Jeśli "
                "data jest dobra, zapisz ją."
            )
            self.ask(words, Asked(day.isoformat(), "Zapisz z tą datą", _CHECK, {"done": []}))
        return data

    def clean_place(self) -> str:
        return said_where(self.cleaned_data["place"])

    def clean_county(self) -> str:
        name = str(self.cleaned_data["county"])
        if name and not name.lower().startswith(("powiat ", "miasto ")):
            raise forms.ValidationError("Zacznij od „powiat”, na przykład „powiat krapkowicki”.")
        return name

    def clean_voivodeship(self) -> str:
        name = str(self.cleaned_data["voivodeship"]).lower().removeprefix("województwo ")
        if name and not name.endswith("ie"):
            raise forms.ValidationError("Wpisz w mianowniku, na przykład „opolskie”.")
        return name

    def values(self) -> dict[str, Any]:
        said = super().values()
        codes = said["values"]["units"]
        said["values"]["units"] = [{"code": code, "name": self._names[code]} for code in codes]
        return said

    def saved_now(self, current: Agreement) -> dict[str, Any]:
        return {**super().saved_now(current), "units": [one["code"] for one in current.units]}


class DiscardAgreementForm(SeenForm):
    """The reason for which a draft is given up."""

    reason = LongText(label="Powód", rows=3, max_length=500)


class AgreementsFilter(SearchForm):
    """The agreements of a list to show."""

    szukaj = SearchField("Numer albo Strona")
    stan = any_of("Stan", "wszystkie", AgreementState.choices)
    wariant = any_of("Wariant", "wszystkie", [(one.value, f"wariant {one}") for one in Variant])


class TextsFilter(FilterForm):
    """The two versions of the text that are compared; without a number the text as it is now."""

    od = forms.ChoiceField(label="Wersja wcześniejsza", required=False)
    do = forms.ChoiceField(label="Wersja późniejsza", required=False)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [(str(number), f"wersja {number}") for number in numbers]
        for name in ("od", "do"):
            field: Any = self.fields[name]
            field.choices = [
                ("", "tekst, jaki jest teraz" if name == "do" else "ostatnia zachowana"),
                *kept,
            ]
