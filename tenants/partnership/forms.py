"""Forms of members, their people and the office (REG §1.3, §4.3, §5.1)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.documents.models import Filing
from kooperacja.ui.fields import DayField, EmailField, Line, LongText, PhoneField, SearchField
from kooperacja.ui.forms import (
    Asked,
    AskingForm,
    FilterForm,
    KeyedForm,
    RowForm,
    SearchForm,
    VersionedForm,
    any_of,
    give,
)
from kooperacja.ui.polish import quoted
from tenants.partnership import rules
from tenants.partnership.models import (
    AccessibilityStatement,
    Engagement,
    EngagementLevel,
    FlagKind,
    Partnership,
)
from tenants.people.forms import NamesPerson
from tenants.people.models import Person, Sector

FUTURE_REGISTER = "Rejestr można zobaczyć na dziś albo na dzień z przeszłości."


class MembersFilter(FilterForm):
    """The day of which the register is shown, and which members of it."""

    dzien = DayField(label="Stan na dzień", required=False)
    szukaj = SearchField("Instytucja")
    sektor = any_of("Sektor", "wszystkie", Sector.choices)
    stopien = any_of("Zaangażowanie", "każde", EngagementLevel.choices)
    cecha = any_of("Cecha", "każda", FlagKind.choices)

    def clean_dzien(self) -> date | None:
        day: date | None = self.cleaned_data["dzien"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(FUTURE_REGISTER)
        return day


class EngagementForm(KeyedForm):
    """The level of a kooperant's engagement; `seen` is the level its reader saw."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    level = forms.ChoiceField(
        label="Stopień zaangażowania", widget=forms.RadioSelect, choices=EngagementLevel.choices
    )
    reason = LongText(
        label="Uzasadnienie",
        help_text="Zobaczą je ośrodek i ta instytucja. Nie wpisuj danych osób ani rodzin.",
    )
    from_on = DayField(label="Od dnia", initial=timezone.localdate)

    def __init__(self, *args: Any, now: Engagement | None, **kwargs: Any) -> None:
        known = {"seen": now.pk, "level": now.level} if now else {}
        super().__init__(*args, **{**kwargs, "initial": known})

    def saved_now(self, current: Engagement) -> dict[str, Any]:
        return {name: getattr(current, name) for name in ("level", "reason", "from_on")}

    def seen_now(self, current: Engagement) -> dict[str, str]:
        return {"seen": str(current.pk)}


class FlagsForm(forms.Form):
    """The descriptions that fit, of four; `seen` are those its reader saw."""

    seen = Line(widget=forms.HiddenInput, required=False, max_length=100)
    kinds = forms.MultipleChoiceField(
        label="Cechy instytucji",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=FlagKind.choices,
        help_text="Każda jest niezależna od pozostałych.",
    )
    from_on = DayField(label="Zmiana od dnia", initial=timezone.localdate)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {**values, "seen": values["seen"].split(",")}


class HistoryFilter(SearchForm):
    """The changes of the register to show."""

    szukaj = SearchField("Instytucja")
    rodzaj = any_of(
        "Rodzaj zmiany",
        "każdy",
        [
            ("czlonkostwo", "członkostwo"),
            ("koordynator", "koordynatorzy"),
            ("stopien", "stopień zaangażowania"),
            ("cecha", "cechy"),
            ("wskazanie", "wskazania do ZZK"),
        ],
    )


# Each name that is declined, and its forms: how they are proposed.
_FORMS: dict[str, dict[str, Callable[[str], str]]] = {
    "lead_name": {
        "lead_locative": rules.locative_of_office,
        "lead_genitive": rules.genitive_of_office,
    },
    "area": {"area_locative": rules.locative_of_area, "area_genitive": rules.genitive_of_area},
}
_LEFT_EMPTY = "Zostaw puste, a wpiszemy tę formę sami."


class PartnershipForm(VersionedForm, RowForm):
    """The Lider, the area and whom to ask about data; every page and paper takes them from here."""

    class Meta:
        model = Partnership
        fields = (
            *("lead_name", "lead_locative", "lead_genitive", "lead_address"),
            *("area", "area_locative", "area_genitive", "contact_email", "contact_phone"),
            *("dpo_name", "dpo_email", "dpo_phone", "papers_kept"),
        )
        labels = {
            "lead_locative": "Nazwa ośrodka w miejscowniku (w czym?)",
            "lead_genitive": "Nazwa ośrodka w dopełniaczu (kogo, czego?)",
            "area_locative": "Obszar w miejscowniku (w czym?)",
            "area_genitive": "Obszar w dopełniaczu (kogo, czego?)",
            "dpo_name": "Inspektor ochrony danych: imię i nazwisko",
            "dpo_email": "Inspektor ochrony danych: adres e-mail",
            "dpo_phone": "Inspektor ochrony danych: telefon",
        }
        help_texts = {
            "lead_name": "Jak w statucie, na przykład „Ośrodek Pomocy Społecznej w Gogolinie”.",
            "lead_locative": f"Na przykład „Ośrodku Pomocy Społecznej w Gogolinie”. {_LEFT_EMPTY}",
            "lead_genitive": f"Na przykład „Ośrodka Pomocy Społecznej w Gogolinie”. {_LEFT_EMPTY}",
            "area": "W mianowniku, na przykład „Gmina Gogolin”.",
            "area_locative": f"Tak, jak ma stać po „w”: „gminie Gogolin”. {_LEFT_EMPTY}",
            "area_genitive": f"Tak, jak ma stać po „obszar”: „gminy Gogolin”. {_LEFT_EMPTY}",
            "contact_email": "Zobaczy go każdy na publicznej stronie Partnerstwa, a ROPS w swoim "
            "panelu.",
            "contact_phone": "Numer ośrodka, nie prywatny. Zobaczy go każdy na publicznej stronie "
            "Partnerstwa, a ROPS zadzwoni pod niego, gdy coś trzeba będzie wyjaśnić.",
            "dpo_name": "Dane inspektora stoją w każdej informacji o danych osobowych.",
            "papers_kept": "Stanie w informacji o danych po „Dane przechowuje się”, na przykład: "
            "„przez czas członkostwa i 10 lat po jego ustaniu (kategoria B10)”. Puste pole: zapis o "
            "wykazie akt ośrodka.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.official_name:
            self.initial["lead_name"] = ""
        self.was = {name: getattr(self.instance, name) for name in self.Meta.fields}

    def clean_area(self) -> str:
        area = str(self.cleaned_data["area"])
        if area.lower().startswith(("gminie ", "gminy ", "powiecie ", "powiatu ", "mieście ")):
            raise forms.ValidationError("Wpisz nazwę w mianowniku, na przykład „Gmina Gogolin”.")
        return area

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, cases in _FORMS.items():
            for form, proposed in cases.items():
                if name in data and form in data:
                    data[form] = self._in_case(name, form, proposed)
        return data

    def _in_case(self, name: str, form: str, proposed: Callable[[str], str]) -> str:
        """A form of a name: as written, or as proposed where it is empty or of the former name."""
        written, proposal = str(self.cleaned_data[form]), proposed(self.cleaned_data[name])
        is_of_former = self.cleaned_data[name] != self.was[name] and written == self.was[form]
        if written and not is_of_former:
            return written
        if written and written not in {proposal, proposed(self.was[name])}:
            hint = f" Proponujemy: {quoted(proposal)}." if proposal else ""
            self.add_error(form, f"Nazwa się zmieniła. Popraw też tę formę.{hint}")
        elif not proposal:
            self.add_error(form, "Tej nazwy nie umiemy odmienić. Wpisz tę formę.")
        return proposal


class AccessibilityForm(VersionedForm, RowForm):
    """The declaration of the accessibility of the tenant's pages."""

    class Meta:
        model = AccessibilityStatement
        fields = (
            "contact_name",
            "contact_email",
            "contact_phone",
            "published_on",
            "updated_on",
            "prepared_on",
            "reviewed_on",
            "conformity",
            "known_issues",
            "architecture",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        prepared, reviewed = data.get("prepared_on"), data.get("reviewed_on")
        if prepared and reviewed and reviewed < prepared:
            self.add_error("reviewed_on", "Przegląd nie mógł być przed sporządzeniem deklaracji.")
        published, updated = data.get("published_on"), data.get("updated_on")
        if published and updated and updated < published:
            self.add_error("updated_on", "Aktualizacja nie mogła być przed publikacją strony.")
        return data


class _PersonForm(NamesPerson, KeyedForm):
    """A person, and the day from which something holds."""

    full_name = Line(label="Imię i nazwisko", max_length=200)
    email = EmailField(label="Adres e-mail", required=False)
    phone = PhoneField()
    from_on = DayField(label="Od dnia", initial=timezone.localdate)


class NewCoordinatorForm(_PersonForm):
    """The person whom the institution delegates."""

    MAY_LACK_ADDRESS = True
    position = Line(label="Stanowisko", max_length=120)
    email = EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby: dostanie na niego zaproszenie.",
    )
    field_order = ("key", "full_name", "position", "email", "phone", "from_on")


class PostForm(_PersonForm):
    """A person's function in the institution."""

    function = Line(
        label="Funkcja",
        max_length=120,
        help_text="Na przykład: dyrektor, komendant powiatowy, główna księgowa.",
    )
    is_head = forms.BooleanField(label="Kieruje instytucją", required=False)
    is_invited = forms.BooleanField(
        label="Zaproś tę osobę do Kooperacji jako kierującą instytucją",
        required=False,
        help_text="Będzie mogła wskazywać koordynatorów i pracowników do ZZK.",
    )
    field_order = (
        *("key", "full_name", "function", "is_head", "email", "phone", "from_on", "is_invited"),
    )


class WorkerForm(_PersonForm):
    """A worker for ZZK; the office also says which head indicated them."""

    position = Line(label="Stanowisko", max_length=120)
    head = forms.ModelChoiceField(
        Person.objects.none(),
        label="Kto wskazał",
        required=False,
        empty_label="wybierz z listy",
        help_text="Osoba, która tego dnia kierowała instytucją.",
    )
    field_order = ("key", "head", "full_name", "position", "email", "phone", "from_on")

    def __init__(self, *args: Any, heads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if heads is None:  # the head itself fills this in
            del self.fields["head"]
        else:
            self.fields["head"].queryset = heads  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        head = values.pop("head", None)
        return {**values, "head_id": head.pk if head else None}


class EndForm(forms.Form):
    """The first day on which it no longer holds."""

    ended_on = DayField(
        label="Nie obowiązuje od dnia",
        initial=timezone.localdate,
        help_text="Tego dnia już nie obowiązuje.",
    )


class EndRoleForm(AskingForm, EndForm):
    """The same for whoever speaks for an institution; names what they did since that day."""

    def __init__(self, *args: Any, acts: Callable[[date], list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._acts = acts

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("ended_on")
        # On the last day itself nobody knows what came first.
        if day and day < timezone.localdate() and (acts := self._acts(day)):
            words = "Od tego dnia ta osoba działała jeszcze w imieniu instytucji."
            key = f"{day}|{len(acts)}"
            self.ask(words, Asked(key, "Zakończ", "partnership/_acts.html", acts))
        return data


class RosterFilter(SearchForm):
    """The rows of the roster to show; people are not searched for by name in an address."""

    szukaj = SearchField("Instytucja lub stanowisko")
    sektor = any_of("Sektor", "wszystkie", Sector.choices)


class DocumentsFilter(FilterForm):
    """The papers of the documentation to show."""

    rok = any_of("Rok", "wszystkie", ())
    rodzaj = any_of("Rodzaj", "wszystkie", ())

    def __init__(self, *args: Any, years: Iterable[int], kinds: dict[str, str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        known = [(str(year), str(year)) for year in years]
        give(self, "rok", [("", "wszystkie"), *known])
        give(self, "rodzaj", [("", "wszystkie"), *kinds.items()])


class PaperFilingForm(VersionedForm, RowForm):
    """The place of a paper in the office's own files."""

    class Meta:
        model = Filing
        fields = ("symbol", "case_mark", "original")
        labels = {
            "symbol": "Symbol JRWA",
            "case_mark": "Znak sprawy",
            "original": "Gdzie jest oryginał na papierze",
        }
        help_texts = {
            "original": "Na przykład: teczka nr 2, pokój 14. Puste pole znaczy: tylko w systemie."
        }

    def __init__(self, *args: Any, usual: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual:
            self.fields["symbol"].help_text = f"Puste pole znaczy: {usual}, jak cały ten rodzaj."


class SymbolsForm(VersionedForm):
    """The JRWA symbol of each kind of paper."""

    def __init__(self, *args: Any, kinds: dict[str, str], symbols: Any, **kwargs: Any) -> None:
        initial = {"version": symbols.version, **symbols.by_kind}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for kind, name in kinds.items():
            self.fields[kind] = Line(label=name, max_length=20, required=False)

    def values(self) -> dict[str, Any]:
        symbols = dict(self.cleaned_data)
        return {"version": symbols.pop("version"), "symbols": symbols}

    def saved_now(self, current: Any) -> dict[str, Any]:
        """The saved symbols by the names of the form's fields."""
        return {kind: current.by_kind.get(kind, "") for kind in self.fields if kind != "version"}


class OrganisationsFilter(SearchForm):
    """The institutions to show."""

    sektor = any_of("Sektor", "wszystkie", Sector.choices)
    czlonkostwo = any_of("Członkostwo", "wszystkie", [("tak", "członkowie"), ("nie", "pozostałe")])
