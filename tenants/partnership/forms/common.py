"""What the forms share: hidden fields against saving twice or too late."""

from typing import Any

from django import forms
from uuid6 import uuid7


class KeyedForm(forms.Form):
    """Carries the id of the row it will make, so that sent twice it makes one."""

    klucz = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class VersionedForm(forms.Form):
    """Carries the version its reader saw, so that nobody's later change is lost."""

    wersja = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "wersja"}
