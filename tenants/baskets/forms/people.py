"""The form of a person of a file that is brought in (REG §3.3)."""

from django import forms

from kooperacja.ui.fields import EmailField, Line, PhoneField


class PersonOfRow(forms.Form):
    """A person of an institution and the function there, as a page would take them."""

    full_name = Line(label="Imię i nazwisko", max_length=200)
    function = Line(label="Funkcja", max_length=120)
    is_head = forms.BooleanField(label="Kieruje instytucją", required=False)
    email = EmailField(label="Adres e-mail", required=False)
    phone = PhoneField()
