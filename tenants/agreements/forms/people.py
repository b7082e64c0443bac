"""Forms of the people who act for a party of an agreement."""

from django import forms

from kooperacja.ui.fields import EmailField, Line, PhoneField
from tenants.people.forms import NamesPerson


class InvitePartyForm(NamesPerson):
    """The person who will act for a party here."""

    full_name = Line(label="Imię i nazwisko", max_length=200)
    function = Line(
        label="Funkcja",
        max_length=120,
        help_text="Na przykład: dyrektor, komendant powiatowy, sekretarz.",
    )
    is_head = forms.BooleanField(
        label="Kieruje instytucją",
        required=False,
        help_text="Kierujący instytucjami, które podpisały, tworzą Powiatowy Zespół Kooperacji "
        "(§ 2 ust. 1 porozumienia).",
    )
    email = EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby. Przyjdzie na niego zaproszenie, ważne 72 godziny.",
    )
    phone = PhoneField()


class ReleasePartyForm(forms.Form):
    """Asks for nothing: the page names who leaves."""
