"""Forms of guests and consultants, and of recipients of minutes (REG §2.8-2.9)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, EmailField, Line, LongText
from kooperacja.ui.forms import KeyedForm, give
from tenants.meetings.models.guests import Capacity, GuestInvitation
from tenants.meetings.models.meetings import AgendaItem
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.voices import Choice, Key

_LEAD = "LIDER"


class ProposeGuestForm(KeyedForm):
    """Somebody who has no seat, and what for."""

    MODEL = GuestInvitation

    capacity = forms.ChoiceField(
        label="W jakiej roli",
        choices=Capacity.choices,
        widget=forms.RadioSelect,
        initial=Capacity.GUEST,
    )
    name = Line(label="Imię i nazwisko", max_length=200)
    institution = Line(label="Instytucja i funkcja", max_length=200, required=False)
    email = EmailField(
        label="Adres e-mail",
        required=False,
        help_text="Pod ten adres wyślemy zaproszenie, gdy będzie zgoda. Gdy zostawisz puste pole, "
        "osobę proponowaną zawiadamiasz Ty.",
    )
    reason = LongText(
        label="Po co",
        help_text="Przeczytają to osoby, które należą do zespołu. Nie wpisuj danych rodzin.",
    )
    items = forms.MultipleChoiceField(
        label="Na które punkty",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Jeśli nie zaznaczysz żadnego, zaproszenie obejmie całe spotkanie.",
    )

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(self, "items", [(str(one.pk), f"{one.position}. {one.title}") for one in items])

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        items = [UUID(pk) for pk in values.pop("items")]
        return {"key": values.pop("key"), "items": items, "values": values}


class GuestAnswerForm(forms.Form):
    """Consent or objection of an institution; whoever speaks for two says for which."""

    institution = forms.ChoiceField(label="W imieniu", widget=forms.RadioSelect)
    choice = forms.ChoiceField(label="Odpowiedź", widget=forms.RadioSelect)
    reason = LongText(
        label="Powód sprzeciwu",
        required=False,
        help_text="Wymagany przy sprzeciwie. Przeczytają go osoby, które należą do zespołu.",
    )

    def __init__(
        self, *args: Any, guest: GuestInvitation, institutions: Mapping[Key, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["institution"].choices = [
            (str(key or _LEAD), name) for key, name in institutions.items()
        ]
        if len(institutions) == 1:
            fields["institution"].initial = fields["institution"].choices[0][0]
        yes = "Bez sprzeciwu" if guest.is_silence_consent else "Zgoda"
        fields["choice"].choices = [(Choice.YES.value, yes), (Choice.NO.value, "Sprzeciw")]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        sent = values["institution"]
        return {**values, "institution": None if sent == _LEAD else UUID(sent)}


class RecipientForm(KeyedForm):
    """Somebody to whom the approved minutes of a team are sent."""

    MODEL = MinutesRecipient

    name = Line(label="Imię i nazwisko", max_length=200)
    institution = Line(label="Instytucja i funkcja", max_length=200, required=False)
    email = EmailField(label="Adres e-mail")
    from_on = DayField(label="Od dnia", help_text="Dostanie protokoły zatwierdzone od tego dnia.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"from_on": timezone.localdate()}, **kwargs})

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"key": values.pop("key"), "values": values}
