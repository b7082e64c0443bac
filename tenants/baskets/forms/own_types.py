"""Forms of the unit's own types of services (REG §3.2)."""

from typing import Any

from django import forms

from kooperacja.ui.fields import Line
from kooperacja.ui.forms import KeyedForm, VersionedForm
from tenants.baskets.models.own_types import OwnType
from tenants.services.added_form import AddedTypeForm
from tenants.services.vocabulary import vocabulary


class _OwnTypeForm(AddedTypeForm):
    class Meta(AddedTypeForm.Meta):
        model = OwnType


class NewOwnTypeForm(KeyedForm, _OwnTypeForm):
    """A type that is added for the unit."""


class EditOwnTypeForm(VersionedForm, _OwnTypeForm):
    """A type of which something is said otherwise."""


def _shared() -> list[tuple[str, Any]]:
    """The types that every unit has."""
    known = vocabulary()
    grouped = [
        (name, [(code, label) for code, label in below if known.shared(code) == known.of(code)])
        for name, below in known.choices()
    ]
    return [("", "żaden"), *grouped]


class EndOwnTypeForm(forms.Form):
    """The reason, and the type of the region that is the same, if it has one by now."""

    same_as = forms.ChoiceField(
        label="Ten sam rodzaj w całym województwie",
        choices=_shared,
        required=False,
        help_text="Jeśli taki już jest. Usługi z Waszym rodzajem znajdą się także po nim.",
    )
    why = Line(label="Powód", max_length=300, required=False)
