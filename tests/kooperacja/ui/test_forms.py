"""Fields that forms share."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from kooperacja.ui.fields import EmailField
from kooperacja.ui.forms import ask_for_files


def test_an_address_is_no_longer_than_its_column() -> None:
    """Else what was entered would fail when it is saved."""
    domain = "b" * 60 + ".pl"
    longer = f"anna@{'.'.join([domain] * 4)}"
    assert len(longer) > 254
    assert EmailField().clean(f"anna@{domain}") == f"anna@{domain}"
    with pytest.raises(ValidationError, match="254"):
        EmailField().clean(longer)


class Handed(forms.Form):
    """A name and two papers."""

    name = forms.CharField()
    scan = forms.FileField()
    annex = forms.FileField(required=False)


def test_only_a_file_that_came_with_a_refused_form_is_asked_for_again() -> None:
    def handed(name: str, scan: bytes = b"a") -> Handed:
        files = MultiValueDict({"scan": [SimpleUploadedFile("Skan «1».pdf", scan)]})
        form = Handed({"name": name}, files)
        form.is_valid()
        ask_for_files(form)
        return form

    said = "Wybierz jeszcze raz plik „Skan «1».pdf”: przeglądarka nie zachowuje plików, gdy trzeba "
    refused = handed("")
    assert refused.errors["scan"] == [f"{said}poprawić formularz."]
    assert set(refused.errors) == {"name", "scan"}
    assert not handed("Szkoła").errors
    # What is wrong with the file itself is said once.
    assert len(handed("", b"").errors["scan"]) == 1
