"""Forms of services of master cards (REG §3.2)."""

from typing import Any

from django import forms

from kooperacja.ui.fields import Line
from kooperacja.ui.forms import KeyedForm, VersionedForm
from tenants.masters.models import MasterCall, MasterService
from tenants.services.confirming_forms import ReachedForm
from tenants.services.elsewhere import ElsewhereForm
from tenants.services.forms import DescriptionForm


class _MasterForm(DescriptionForm):
    """A service of a master card as its keeper describes it."""

    class Meta(DescriptionForm.Meta):
        model = MasterService


class NewMasterForm(KeyedForm, _MasterForm):
    """A service that is put on a master card."""


class MasterElsewhereForm(ElsewhereForm, NewMasterForm):
    """A service that is put on its master card for another place too."""


class EditMasterForm(VersionedForm, _MasterForm):
    """A service of which something is said otherwise."""

    def saved_now(self, current: MasterService) -> dict[str, Any]:
        """The saved values by the names of the form's fields."""
        return self.shown(current)


class WithdrawForm(forms.Form):
    """The reason for which a service is kept in the directory no longer."""

    why = Line(label="Powód", max_length=300, required=False)


class MasterCallForm(ReachedForm, KeyedForm):
    """How the ROPS tried to reach the institution of a master card."""

    MODEL = MasterCall
