"""Forms that take a signed file."""

from typing import Any

from django import forms

ACCEPTED = "application/pdf,.pdf,.xades,.xml,.asice,.sce,.asics,.scs"


def pdf_field(label: str, help_text: str = "", *, required: bool = True) -> forms.FileField:
    """A field for a signed PDF, alone or in the container that a signing program made."""
    widget = forms.ClearableFileInput({"accept": ACCEPTED})
    return forms.FileField(label=label, help_text=help_text, required=required, widget=widget)


class SignedFileForm(forms.Form):
    """Says whether the `file` was signed electronically, so that its signatures are checked."""

    is_electronic = forms.BooleanField(
        label="To plik z podpisem elektronicznym",
        required=False,
        help_text="Przy podpisie elektronicznym sprawdzimy, czy dokumentu nie zmieniono po "
        "podpisaniu. Może to być PDF albo plik .xades, .xml, .asice, .sce lub .asics z dokumentem "
        "PDF w środku. Oryginał skanu przechowuje Lider (§ 2 ust. 11 regulaminu).",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_electronic") and not data.get("file") and "file" not in self.errors:
            self.add_error("file", "Dołącz plik z podpisem elektronicznym.")
        return data
