"""Forms of the log of contacts (REG §6.1 s.1; POR §3.2)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, Line, LongText
from kooperacja.ui.forms import KeyedForm, SearchForm, SeenForm, any_of
from tenants.dialogue.models.contacts import Channel, Contact, ContactAddition
from tenants.people.forms import NO_FAMILIES
from tenants.teams.forms import InNameForm

CHANNELS = [(value, label.capitalize()) for value, label in Channel.choices]


def past_day(day: date) -> date:
    """The day of a talk that took place."""
    if day > timezone.localdate():
        raise ValidationError("Podaj dzień, który już był.")
    return day


class _Contact(GuardedForm):
    """With whom, how, when and about what."""

    TAKING_PART = frozenset({"with_whom"})

    held_on = DayField(label="Kiedy", initial=timezone.localdate)
    channel = forms.ChoiceField(label="W jaki sposób", choices=CHANNELS, widget=forms.RadioSelect)
    with_whom = Line(
        label="Z kim",
        max_length=300,
        help_text=f"Imię i nazwisko, instytucja. {NO_FAMILIES}",
    )
    subject = Line(label="W jakiej sprawie", max_length=300)
    summary = LongText(
        label="Krótko, co ustalono",
        rows=3,
        max_length=1000,
        required=False,
        help_text=f"Przeczytają to członkowie zespołu. {NO_FAMILIES}",
    )

    def clean_held_on(self) -> date:
        return past_day(self.cleaned_data["held_on"])


class NewContactForm(_Contact, InNameForm, KeyedForm):
    """A contact that needs no note."""

    MODEL = Contact

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart = {name: values.pop(name) for name in ("key", "of")}
        return {**apart, "values": values}


class CorrectContactForm(_Contact, SeenForm):
    """The same, corrected on its day."""

    def __init__(self, *args: Any, row: Contact, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial=self.saved_now(row), **kwargs)

    def saved_now(self, current: Contact) -> dict[str, Any]:
        return {name: getattr(current, name) for name in _Contact.base_fields}

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"version": values.pop("version"), "values": values}


class AddToContactForm(GuardedForm, KeyedForm):
    """Something that is added later."""

    MODEL = ContactAddition
    text = LongText(label="Dopisek", rows=3, max_length=1000, help_text=NO_FAMILIES)


class ContactsFilter(SearchForm):
    """The contacts of a list to show."""

    sposob = any_of("Sposób", "każdy", Channel.choices)
    od = DayField(label="Od dnia", required=False)
    do = DayField(label="Do dnia", required=False)
