"""Forms of the advisers of the ROPS: their list, and the units to which they are proposed (POR support)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from kooperacja.ui.forms import KeyedForm, RowForm, VersionedForm, give
from kooperacja.ui.polish import polish_order
from tenants.registry.models import Tenant
from tenants.registry.support import Adviser


class _AdviserFields(RowForm):
    """Somebody who supports units for the ROPS, from a day and perhaps until another."""

    class Meta:
        model = Adviser
        fields = ("full_name", "function", "email", "phone", "from_on", "until")
        help_texts = {
            "function": "Na przykład doradca do spraw kooperacji.",
            "email": "Na ten adres przyjdzie zaproszenie do jednostki, która się zgodzi.",
            "until": "Puste: bezterminowo.",
        }

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("from_on"), data.get("until")
        if first and last and last < first:
            self.add_error("until", "Ostatni dzień wsparcia nie może być przed pierwszym.")
        return data


class AdviserForm(KeyedForm, _AdviserFields):
    """Puts somebody on the list."""


class AdviserEditForm(VersionedForm, _AdviserFields):
    """The same for somebody who is on the list."""


class ProposeAdviserForm(forms.Form):
    """One of the advisers who may support a unit today and whom this one does not have yet."""

    adviser_id = forms.TypedChoiceField(label="Doradca", coerce=UUID)

    def __init__(self, *args: Any, advisers: Iterable[Adviser], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.pk), f"{one}, {one.term}") for one in advisers]
        give(self, "adviser_id", [("", "wybierz z listy"), *known])
        if not known:
            self.fields[
                "adviser_id"
            ].help_text = "Nie ma na liście doradcy, którego można dziś zaproponować tej jednostce."


class ProposeToUnitForm(forms.Form):
    """One of the units to which an adviser may be proposed."""

    tenant = forms.ModelChoiceField(
        Tenant.objects.none(), label="Jednostka", empty_label="wybierz z listy"
    )

    def __init__(self, *args: Any, tenants: QuerySet[Tenant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["tenant"]
        field.queryset = tenants.order_by(polish_order("unit__name"), "pk")
        field.label_from_instance = lambda tenant: tenant.label
