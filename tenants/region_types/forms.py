"""Forms of the region's types of services (REG §3.2)."""

from django import forms

from kooperacja.ui.fields import Line
from kooperacja.ui.forms import KeyedForm, VersionedForm
from tenants.region_types.models import RegionType
from tenants.services.added_form import AddedTypeForm


class _RegionTypeForm(AddedTypeForm):
    class Meta(AddedTypeForm.Meta):
        model = RegionType


class NewTypeForm(KeyedForm, _RegionTypeForm):
    """A type that is added for the whole region."""


class EditTypeForm(VersionedForm, _RegionTypeForm):
    """A type of which something is said otherwise."""


class EndTypeForm(forms.Form):
    """The reason for which no other service is given the type."""

    why = Line(label="Powód", max_length=300, required=False)
