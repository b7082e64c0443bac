"""Forms of the parties and of the people they name (POR preamble, §3.3)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, NumberField
from kooperacja.ui.forms import KeyedForm, RowForm, SeenForm, VersionedForm
from kooperacja.ui.polish import polish_order
from tenants.agreements.models import ContactPerson, Party
from tenants.agreements.seats import known_seat
from tenants.partnership.models import Partnership
from tenants.partnership.rules import said_where, seat_of
from tenants.people.forms import InstitutionField, PersonField
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.registry.roles import Role

HIDES_SEAT = "Siedziba nie jest jawna (placówka chroniona)"


class AgreementPartyForm(RowForm):
    """A party: an institution of the register, or one that is typed."""

    organisation = InstitutionField(
        Organisation.objects.none(),
        label="Instytucja z rejestru",
        empty_label="spoza rejestru, nazwa niżej",
        required=False,
        help_text="Nazwę i osobę, która nią kieruje, weźmiemy z rejestru, jeśli zostawisz te pola "
        "puste; siedzibę też, jeśli wiemy, jak odmienić jej miejscowość.",
    )
    is_office = forms.BooleanField(
        label="Stroną jest nasz ośrodek",
        required=False,
        help_text="Zaznacz zamiast wybierać instytucję, gdy to on przystępuje do porozumienia.",
    )
    number = NumberField(
        label="Numer Strony",
        min_value=1,
        max_value=99,
        help_text="W tej kolejności Strony stoją w porozumieniu; pozostałe się przesuną.",
    )

    class Meta:
        model = Party
        fields = (
            *("organisation", "is_office", "name", "seat", "hides_seat", "signing_body"),
            *("represented_by", "function"),
        )
        labels = {
            "seat": "Siedziba (w czym?)",
            "hides_seat": HIDES_SEAT,
            "function": "Funkcja osoby reprezentującej",
        }
        help_texts = {
            "name": "W mianowniku, tak jak ma stać w porozumieniu.",
            "seat": "W miejscowniku, na przykład „Krapkowicach”: z siedzibą w Krapkowicach.",
            "hides_seat": "Publiczna strona poda wtedy samą nazwę. W tekście siedziba zostaje.",
            "signing_body": "Na przykład „Gmina Przykładowa” za szkołę. Zostaw puste, jeśli Strona "
            "podpisuje sama.",
            "represented_by": "Imię i nazwisko osoby, która podpisze.",
        }

    def __init__(self, *args: Any, last: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        chosen = Organisation.objects.filter(pk=self.instance.organisation_id)
        field.queryset = (Organisation.objects.current() | chosen).in_order()
        self.fields["name"].required = False
        self.fields["number"].initial = self.instance.position or last + 1

    def clean_seat(self) -> str:
        return said_where(self.cleaned_data["seat"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        of = data.get("organisation")
        if of is not None and data.get("is_office"):
            self.add_error("is_office", "Wybierz jedno: instytucję z rejestru albo nasz ośrodek.")
        elif of is not None:
            self._take(data, of)
        elif data.get("is_office"):
            self._take_office(data)
        elif not data.get("name") and "name" not in self.errors:
            self.add_error("name", "Wybierz instytucję z rejestru albo wpisz jej nazwę.")
        return data

    def _take(self, data: dict[str, Any], of: Organisation) -> None:
        """Fill what was left empty from the register, as it is today."""
        data["name"] = data.get("name") or of.name
        data["seat"] = data.get("seat") or known_seat(of)
        if data.get("represented_by"):
            return
        heads = Post.objects.on(timezone.localdate()).filter(organisation=of, is_head=True)
        if head := heads.select_related("person").order_by("from_on", "pk").first():
            data["represented_by"] = head.person.full_name
            data["function"] = data.get("function") or head.function

    def _take_office(self, data: dict[str, Any]) -> None:
        """Fill what was left empty from what the unit says of itself."""
        if partnership := Partnership.objects.first():
            data["name"] = data.get("name") or partnership.lead_name
            data["seat"] = data.get("seat") or seat_of(partnership.lead_name)
        if not data.get("name"):
            self.add_error("name", "Wpisz pełną nazwę ośrodka.")
        leads = RoleAssignment.objects.on(timezone.localdate()).filter(role=Role.LEAD)
        if not data.get("represented_by") and (lead := leads.in_order().first()):
            data["represented_by"] = lead.person.full_name

    def values(self) -> dict[str, Any]:
        said = super().values()
        return {**said, "number": said["values"].pop("number")}

    def saved_now(self, current: Party) -> dict[str, Any]:
        names = [name for name in self.fields if name not in ("key", "version", "number")]
        return {name: getattr(current, name) for name in names} | {"number": current.position}


class NewPartyForm(KeyedForm, AgreementPartyForm):
    """A party that is added."""


class EditPartyForm(VersionedForm, AgreementPartyForm):
    """A party that is changed."""


class PartyContactForm(RowForm):
    """A person whom a party names: one of its people in the register, or one that is typed."""

    person = PersonField(
        Person.objects.none(),
        label="Osoba z rejestru",
        empty_label="spoza rejestru, dane niżej",
        required=False,
        help_text="Tylko osoba z rejestru dostanie miejsce w zespole, gdy porozumienie wejdzie w "
        "życie. Imię i nazwisko, stanowisko i kontakt weźmiemy z rejestru, jeśli zostawisz te pola "
        "puste.",
    )

    class Meta:
        model = ContactPerson
        fields = ("person", "full_name", "function", "phone", "email")
        help_texts = {
            "phone": "Służbowy; stanie w porozumieniu.",
            "email": "Służbowy; stanie w porozumieniu.",
        }

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        chosen = Person.objects.filter(pk=self.instance.person_id)
        people = party.people_on(timezone.localdate()) | chosen
        field.queryset = people.order_by(polish_order("full_name"), "pk")
        for name in ("full_name", "function"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if person := data.get("person"):
            for name in ("full_name", "phone", "email"):
                data[name] = data.get(name) or getattr(person, name)
            held = person.posts.on(timezone.localdate()).order_by("from_on", "pk").first()
            data["function"] = data.get("function") or (held.function if held else "")
        for name in ("full_name", "function"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "To pole jest wymagane.")
        if not data.get("phone") and not data.get("email") and not self.errors:
            self.add_error("phone", "Podaj telefon albo adres e-mail.")
        return data


class NewContactPersonForm(KeyedForm, PartyContactForm):
    """A person who is named from a day on."""

    from_on = DayField(label="Od dnia", initial=timezone.localdate)


class EditContactPersonForm(VersionedForm, PartyContactForm):
    """A person whose data are mended."""


class EndContactPersonForm(SeenForm):
    """The day from which a person is no longer named."""

    ended_on = DayField(label="Od którego dnia już nie", initial=timezone.localdate)


class RemoveForm(SeenForm):
    """Carries the version of what is taken out."""
