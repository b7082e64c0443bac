"""Forms of the resources of the local community (REG §5.1.e)."""

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField
from kooperacja.ui.forms import KeyedForm, RowForm, SearchForm, VersionedForm, any_of
from tenants.accession.models.community import CommunityResource


class ResourceForm(RowForm):
    """A helper, the place and the kind of help."""

    class Meta:
        model = CommunityResource
        fields = (
            "name",
            "kind",
            "area",
            "offers",
            "contact_name",
            "contact_email",
            "contact_phone",
            "from_on",
        )
        widgets = {"offers": forms.Textarea({"rows": 4})}
        labels = {"from_on": "Pomaga od"}
        help_texts = {
            "offers": "Na przykład: transport, sala, posiłki, opieka sąsiedzka.",
            "contact_name": "Wpisz za zgodą tej osoby; zobaczą ją wszyscy członkowie.",
        }


class NewResourceForm(KeyedForm, ResourceForm):
    """Somebody who is entered now."""


class EditResourceForm(VersionedForm, ResourceForm):
    """Somebody whose entry is corrected."""


class EndResourceForm(forms.Form):
    """The day from which they help no longer."""

    ended_on = DayField(label="Do dnia", initial=timezone.localdate)


class ResourcesFilter(SearchForm):
    """The rows of the list to show."""

    rodzaj = any_of("Rodzaj", "wszystkie", CommunityResource.Kind.choices)
    stan = any_of("Stan", "pomagają teraz", [("zakonczone", "już nie pomagają")])
