"""Forms of the list of people and of what is public of them (POR §3.3, POR-C §2.4.6)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, LongText, WebAddress
from kooperacja.ui.forms import FilterForm, KeyedForm, SeenForm, VersionedForm
from tenants.agreements.forms.parties import HIDES_SEAT
from tenants.agreements.models import Party, PublicConsent, Publicity


class AnnexesFilter(FilterForm):
    """The two versions of the list that are compared."""

    od = forms.ChoiceField(label="Wersja wcześniejsza", required=False)
    do = forms.ChoiceField(label="Wersja późniejsza", required=False)

    def __init__(self, *args: Any, names: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = sorted(names)
        for name, empty in (("od", "przedostatnia"), ("do", "ostatnia")):
            field: Any = self.fields[name]
            field.choices = [("", empty), *((str(one), names[one]) for one in numbers)]


class GiveConsentForm(KeyedForm, SeenForm):
    """The day on which a person agreed."""

    MODEL = PublicConsent

    agreed_on = DayField(label="Kiedy ta osoba się zgodziła", initial=timezone.localdate)
    is_said = forms.BooleanField(
        label="Ta osoba zgodziła się, żeby te dane czytał każdy, i wie, że zgodę może cofnąć w każdej "
        "chwili",
    )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("key", "version", "agreed_on")}


class WithdrawConsentForm(forms.Form):
    """Asks for nothing: the page names whose consent it is."""


class PartySeatForm(VersionedForm):
    """A protected place says here that its seat is not public."""

    hides_seat = forms.BooleanField(
        label=HIDES_SEAT,
        required=False,
        help_text="Instytucji, która jest Stroną kilku porozumień, wystarczy jedno takie oznaczenie: "
        "publiczna strona nie poda jej siedziby w żadnym z nich.",
    )

    def __init__(self, *args: Any, row: Party, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": row.version, "hides_seat": row.hides_seat}
        super().__init__(*args, **kwargs)

    def saved_now(self, current: Party) -> dict[str, Any]:
        return {"hides_seat": current.hides_seat}


class NewPublicityForm(GuardedForm, KeyedForm):
    """Where and when a party made its accession public."""

    MODEL = Publicity

    published_on = DayField(label="Dzień publikacji")
    address = WebAddress(label="Adres strony", max_length=500, required=False)
    file = forms.FileField(
        label="Plik (PDF)",
        required=False,
        help_text="Na przykład wydruk strony albo skan gazety. Do 20 MB. Wystarczy adres albo plik.",
        widget=forms.ClearableFileInput({"accept": "application/pdf,.pdf"}),
    )
    description = LongText(
        label="Co i gdzie opublikowano",
        rows=3,
        max_length=500,
        help_text="Przeczytają to wszyscy, którzy widzą porozumienie.",
    )

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"key": said.pop("key"), "file": said.pop("file"), "values": said}
