"""Forms of institutions and of the office's people (REG §1.3.b, §1.8, §5.1.a)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue

from kooperacja.accounts.models import CalendarFeed
from kooperacja.ui.fields import EmailField, Line, LongText, SearchField
from kooperacja.ui.forms import (
    Asked,
    AskingForm,
    KeyedForm,
    RowForm,
    SearchForm,
    SeenNumber,
    VersionedForm,
)
from kooperacja.ui.polish import quoted
from tenants.people import rules
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role

_DESCRIBES = rules.Described._fields
TAKEN_HERE = "Ten numer jest tu już zajęty. Sprawdź go albo napisz do ośrodka."


class NumberField(Line):
    """A number of an institution, kept as its digits; people write it with spaces and hyphens."""

    def __init__(
        self, label: str, error: Callable[[str], str], help_text: str = "", **kwargs: Any
    ) -> None:
        widget = forms.TextInput({"inputmode": "numeric"})
        more = {"required": False, "max_length": 40, "widget": widget, **kwargs}
        super().__init__(label=label, help_text=help_text, **more)
        self.name, self.error = label, error

    def clean(self, value: Any) -> str:
        number = rules.compact(super().clean(value), self.name)
        if wrong := self.error(number):
            raise forms.ValidationError(wrong)
        return number


class EverywhereForm(forms.Form):
    """Words to look for in all of a unit; sent by POST, so that no name stands in an address."""

    slowa = SearchField("Szukaj w tej jednostce")


class FeedForm(KeyedForm):
    """Asks for a new address of one's calendar."""

    MODEL = CalendarFeed


NO_FAMILIES = "Nie wpisuj danych rodzin ani osób, którym pomagacie."


class OrganisationForm(RowForm):
    """The data of an institution."""

    nip = NumberField("NIP", rules.nip_error)
    regon = NumberField(
        "REGON",
        rules.regon_error,
        "9 albo 14 cyfr. Po tym numerze poznajemy, czy instytucja jest już wpisana.",
    )
    krs = NumberField(
        "KRS", rules.krs_error, "Tylko gdy instytucja jest w Krajowym Rejestrze Sądowym."
    )

    class Meta:
        model = Organisation
        fields = (
            "name",
            "sector",
            "legal_form",
            "nip",
            "regon",
            "krs",
            "street",
            "postal_code",
            "city",
            "email",
            "phone",
            "website",
            "edelivery",
        )
        help_texts = {
            "name": "Tak jak w statucie albo w akcie powołania.",
            "legal_form": "Na przykład: jednostka budżetowa, stowarzyszenie, spółka z o.o.",
            "edelivery": "Zaczyna się od AE:PL-.",
        }

    def __init__(self, *args: Any, names_others: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names_others = names_others  # to whom may read the register
        self.known: Organisation | None = None  # the one that is there already, perhaps renamed

    def clean_regon(self) -> str:
        number = str(self.cleaned_data["regon"])
        same = Organisation.objects.filter(regon=number).exclude(pk=self.instance.pk).first()
        if number and same is not None and not self.names_others:
            raise forms.ValidationError(TAKEN_HERE)
        if number and same is not None:
            self.known = same
            raise forms.ValidationError(f"Ten numer ma już wpisana instytucja {quoted(same.name)}.")
        return number


def told_apart(organisations: Iterable[Organisation]) -> dict[UUID, str]:
    """The names of institutions; those that bear one name also say seat and number."""
    known = {one.pk: one for one in organisations}
    bearers = Counter(rules.words_of(one.name) for one in known.values())
    return {
        pk: str(one) if bearers[rules.words_of(one.name)] == 1 else one.full_label
        for pk, one in known.items()
    }


class _ToldApart(ModelChoiceIterator):  # type: ignore[type-arg]
    """Institutions to choose from, none of which looks like another."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield "", str(self.field.empty_label)
        rows = list(self.queryset)
        labels = told_apart(rows)
        for one in rows:
            yield ModelChoiceIteratorValue(one.pk, one), labels[one.pk]


class InstitutionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The choice of an institution of the register."""

    iterator = _ToldApart


class InstitutionForm(forms.Form):
    """An institution of the register; its action wants the id."""

    organisation = InstitutionField(
        Organisation.objects.none(), label="Instytucja", empty_label="wybierz z listy"
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"organisation_id": values.pop("organisation").pk, **values}


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The choice of a person of the register."""

    def label_from_instance(self, obj: Any) -> str:
        return ", ".join(filter(None, [obj.full_name, obj.email, obj.phone]))


class PersonForm(forms.Form):
    """A person of the register; its action wants the id."""

    person = PersonField(Person.objects.none(), label="Osoba", empty_label="wybierz z listy")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people.in_order()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {"person_id": self.cleaned_data["person"].pk}


class StrikeForm(forms.Form):
    """The reason for which an entry is removed."""

    reason = Line(
        label="Powód",
        max_length=300,
        help_text="Zostanie w dzienniku na zawsze. Nie wpisuj danych osób ani rodzin.",
    )


class MergeForm(forms.Form):
    """Carries how many rows the preview showed, so that no other is moved."""

    seen = SeenNumber()


class PartForm(forms.Form):
    """Carries the merge that is undone."""

    seen = forms.UUIDField(widget=forms.HiddenInput)


class NumberForm(SearchForm):
    """A number by which an institution may be known already, here or elsewhere in the region."""

    field_order = ("regon",)

    regon = NumberField(
        "REGON",
        rules.regon_error,
        "9 albo 14 cyfr. Jeśli tę instytucję wpisała już inna jednostka, wypełnimy za Ciebie "
        "formularz poniżej, z numerem włącznie. Możesz to pominąć.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["szukaj"]
        # The form below has a REGON of its own.
        self.fields["regon"].label = "Znajdź dane instytucji po numerze REGON"


class NewOrganisationForm(AskingForm, KeyedForm, OrganisationForm):
    """An institution that is entered now; one that may be there already is shown first."""

    def clean(self) -> dict[str, Any]:
        """Units of a gmina share its NIP, so an equal one alone asks for the REGON."""
        data = super().clean() or self.cleaned_data
        nip, regon = data.get("nip"), data.get("regon")
        same = Organisation.objects.filter(nip=nip).first() if nip and not regon else None
        if same is not None and self.known is None and "regon" not in self.errors:
            self.known = same
            self.add_error(
                "nip",
                f"Ten numer ma już wpisana instytucja {quoted(same.name)}. Jeśli to inna jednostka "
                "o tym samym NIP, podaj jej REGON.",
            )
        self._ask_if_known()
        return data

    def _ask_if_known(self) -> None:
        described = rules.Described(*(self.cleaned_data.get(name, "") for name in _DESCRIBES))
        if self.errors or not (alike := Organisation.objects.alike(described)):
            return
        key = ",".join(sorted(str(known.pk) for known, _ in alike))
        self.ask(
            "Podobna instytucja jest już wpisana. Zobacz, czy to nie ta sama.",
            Asked(key, "To inna instytucja, zapisz", "people/_similar.html", alike),
        )


_NO_ADDRESS = (
    "Własny adres tej osoby: przyjdzie na niego zaproszenie. Jeśli ma tylko skrzynkę wspólną z "
    "innymi, zostaw puste: będzie w rejestrze bez konta i bez zaproszenia."
)


class NamesPerson(AskingForm):
    """Names a person of an institution; who may be there already is shown before a second is made.

    Without an institution nobody is shown; of `everybody` somebody may have the same address.
    """

    MAY_SHARE_ADDRESS: ClassVar[bool] = False  # else the action refuses another's address
    # The office may enter from paper whoever has none; such a person is of the register alone.
    MAY_LACK_ADDRESS: ClassVar[bool] = False

    def __init__(
        self,
        *args: Any,
        organisation: Organisation | None = None,
        everybody: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.everybody = organisation, everybody
        if everybody and self.MAY_LACK_ADDRESS:
            self.fields["email"].required = False
            self.fields["email"].help_text = _NO_ADDRESS

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.organisation is None or self.errors:
            return data
        address = data["email"] if self.everybody else ""
        alike = Person.objects.alike(
            data["full_name"], data["email"], organisation=self.organisation, address=address
        )
        if not self.MAY_SHARE_ADDRESS:
            alike = [(known, why) for known, why in alike if why != rules.SAME_ADDRESS]
        for known, _ in alike:
            if self.answer == str(known.pk):
                same = {"full_name": known.full_name, "email": known.email or data["email"]}
                return data | same
        if alike:
            key = "inna:" + ",".join(sorted(str(known.pk) for known, _ in alike))
            words = "Podobna osoba jest już wpisana. Zaznacz, czy to ta sama."
            self.ask(words, Asked(key, "Zapisz", "people/_similar_people.html", alike))
        return data


class EditOrganisationForm(VersionedForm, OrganisationForm):
    """An institution whose data are corrected."""


class EditPersonForm(VersionedForm, RowForm):
    """The name and contact of a person, as the register has them."""

    class Meta:
        model = Person
        fields = ("full_name", "email", "phone")


class InstitutionProfileForm(VersionedForm, RowForm):
    """The institution as members should know it, and its contact data."""

    class Meta:
        model = Organisation
        fields = Organisation.PROFILE
        widgets = dict.fromkeys(
            ("competences", "ways_of_working", "legal_basis"), forms.Textarea({"rows": 5})
        )
        help_texts = {
            "competences": "Czym się zajmuje i w czym może pomóc innym członkom.",
            "ways_of_working": "Jak pracuje: na przykład godziny, dyżury, wyjścia w teren.",
            "legal_basis": "Na przykład: ustawa o pomocy społecznej, statut.",
            "edelivery": "Zaczyna się od AE:PL-.",
        }


_INVITED = (Role.NETWORK_OFFICER, Role.LEAD, Role.TENANT_ADMIN, Role.SOCIAL_WORKER, Role.DPO)


class ColleagueForm(forms.Form):
    """A person whom the office invites, and the role."""

    full_name = Line(label="Imię i nazwisko", max_length=200)
    email = EmailField(
        label="Służbowy adres e-mail", help_text="Przyjdzie na niego zaproszenie, ważne 72 godziny."
    )
    role = forms.ChoiceField(
        label="Rola",
        widget=forms.RadioSelect,
        choices=[(role.value, role.label) for role in _INVITED],
    )
    basis = Line(
        label="Podstawa umocowania",
        required=False,
        max_length=300,
        help_text="Tylko dla osoby, która reprezentuje Lidera: numer i data upoważnienia albo "
        "powołania, albo stanowisko, na przykład „dyrektor, powołanie nr 7 z 2 stycznia 2026 r.”.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        is_lead = data.get("role") == Role.LEAD
        if is_lead and not data.get("basis") and "basis" not in self.errors:
            self.add_error("basis", rules.NO_BASIS)
        if "role" in data and not is_lead and data.get("basis"):
            self.add_error("basis", "To pole dotyczy tylko osoby, która reprezentuje Lidera.")
        return data


def _why_not(**options: Any) -> LongText:
    return LongText(
        label="Powód",
        max_length=500,
        rows=3,
        help_text="Zobaczy go koordynator ROPS. Nie wpisuj danych rodzin.",
        **options,
    )


class AnswerForm(forms.Form):
    """The unit's answer to an administrator whom the region proposes."""

    agrees = forms.TypedChoiceField(
        label="Odpowiedź",
        widget=forms.RadioSelect,
        choices=[("tak", "Zgadzam się, wyślijcie zaproszenie"), ("nie", "Nie zgadzam się")],
        coerce=lambda said: said == "tak",
    )
    reason = _why_not(required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("agrees") is False and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Napisz, dlaczego się nie zgadzasz.")
        return data


class StopForm(forms.Form):
    """The reason for stopping an invitation that waits."""

    reason = _why_not()


class SentForm(forms.Form):
    """Carries the invitation that its reader saw, so that sent twice it sends one mail."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
