"""What the forms share: hidden fields against saving twice or too late."""

from typing import Any

from django import forms
from uuid6 import uuid7


class KeyedForm(forms.Form):
    """Carries the id of the row it will make, so that sent twice it makes one."""

    klucz = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class SignedFileForm(forms.Form):
    """Says whether the `file` was signed electronically, so that its signatures are checked."""

    is_electronic = forms.BooleanField(
        label="To plik z podpisem elektronicznym",
        required=False,
        help_text="Przy podpisie elektronicznym sprawdzimy, czy dokumentu nie zmieniono po "
        "podpisaniu. Oryginał skanu przechowuje Lider (§ 2 ust. 11 regulaminu).",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_electronic") and not data.get("file") and "file" not in self.errors:
            self.add_error("file", "Dołącz plik z podpisem elektronicznym.")
        return data


class VersionedForm(forms.Form):
    """Carries the version its reader saw, so that nobody's later change is lost."""

    wersja = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "wersja"}
