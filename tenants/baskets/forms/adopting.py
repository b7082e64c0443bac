"""The form of what is different in a unit of a service that follows its master (REG §3.2)."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from kooperacja.ui.forms import KeyedForm, SeenForm, VersionedForm
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.services import Service
from tenants.services.hours_form import HOURS, OTHER_DAYS, HoursForm, shown_hours
from tenants.services.visibility import DEFAULT, Visibility

_SECTIONS = (
    ("Jak skorzystać u nas", ("note", "units")),
    ("Godziny u nas", (*HOURS, OTHER_DAYS, "hours_about")),
    ("Adres u nas", ("street", "postal_code", "city")),
    ("Kontakt u nas", ("contact_name", "phone", "email")),
    ("Kto to zobaczy", ("sees_service", "sees_contact", "sees_place")),
)


class _LocalForm(HoursForm):
    """Place, hours, contact, area and a note; what is left empty is as at the master."""

    template_name = "components/_clauses_form.html"
    others: ClassVar[list[BoundField]] = []

    units = forms.MultipleChoiceField(
        label="Na jakim terenie",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nic nie zaznaczono: tak jak na karcie w katalogu.",
    )

    sees_contact = forms.ChoiceField(
        label="Kto widzi kontakt",
        required=False,
        choices=[("", "tak jak na karcie w katalogu"), *Visibility.choices],
        help_text="Bez wyboru: tak jak na karcie. Osobę, którą tu podasz, zobaczą wtedy tylko Lider i "
        "kooperanci tego Partnerstwa.",
    )

    class Meta:
        model = Adoption
        fields = (
            *("note", "hours_about", "street", "postal_code", "city"),
            *("contact_name", "phone", "email"),
            *("sees_service", "sees_place"),
        )
        help_texts = {
            "note": "Dopiszemy to pod tym, co mówi karta w katalogu. Na przykład: we wtorki przyjmuje "
            "w urzędzie gminy.",
            "contact_name": "Wpisz za zgodą tej osoby.",
            "sees_service": "Można zawęzić to, co wybrała instytucja; szerzej się nie da.",
        }

    def __init__(
        self, *args: Any, within: Mapping[str, str], adoption: Adoption | None = None, **kwargs: Any
    ) -> None:
        initial = {
            **(self.shown(adoption) if adoption else {"sees_contact": ""}),
            **(kwargs.pop("initial", None) or {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        units = self.fields["units"]
        assert isinstance(units, forms.MultipleChoiceField)
        units.choices = list(within.items())
        self.order_fields([name for _, names in _SECTIONS for name in names])

    @staticmethod
    def shown(adoption: Adoption) -> dict[str, Any]:
        """An adoption as the fields show it."""
        names = [name for _, every in _SECTIONS for name in every]
        plain = [name for name in names if name not in (*HOURS, OTHER_DAYS)]
        shown = {name: getattr(adoption, name) for name in plain} | shown_hours(adoption.opening)
        if adoption.sees_contact == _as_at_master(shown):
            shown["sees_contact"] = ""
        return shown

    @property
    def paragraphs(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields as they belong together."""
        for heading, names in _SECTIONS:
            yield heading, [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["hours"] = self.hours_of(data)
        data["sees_contact"] = data.get("sees_contact") or _as_at_master(data)
        return data


def _as_at_master(data: Mapping[str, Any]) -> Visibility:
    """As wide as the master, unless somebody is named here: that is for strangers only by choice."""
    return DEFAULT if data.get("contact_name") else Visibility.PUBLIC


class AdoptForm(KeyedForm, _LocalForm):
    """Takes a service of the directory into the basket."""

    MODEL = Service


class LocalForm(VersionedForm, _LocalForm):
    """Says otherwise what is different here."""

    def saved_now(self, current: Adoption) -> dict[str, Any]:
        """The saved values by the names of the form's fields."""
        return self.shown(current)

    def seen_now(self, current: Adoption) -> dict[str, str]:
        """The version of the service, which counts what the master says too."""
        return {"version": str(current.service.version)}


class PlaceForm(SeenForm):
    """Asks whether the address of a detached copy is a protected one."""

    is_protected = forms.TypedChoiceField(
        label="Czy ten adres jest chroniony",
        choices=[("tak", "tak, usuńcie go"), ("nie", "nie, to inne miejsce: pokażcie go znowu")],
        coerce=lambda said: said == "tak",
        widget=forms.RadioSelect,
    )
