"""Forms of requests for a meeting (REG §2.5 s.1)."""

from typing import Any
from uuid import UUID

from django import forms

from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import KeyedForm, SeenForm, give
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.requests import MeetingRequest
from tenants.people.models import Organisation


class NewMeetingRequestForm(KeyedForm):
    """The institution that asks, and what for."""

    MODEL = MeetingRequest
    organisation_id = forms.TypedChoiceField(label="W imieniu instytucji", coerce=UUID)
    reason = LongText(
        label="Po co spotkanie",
        help_text="Napisz, co zespół ma omówić. Nie wpisuj danych rodzin.",
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        choices = [(str(one.pk), one.name) for one in organisations]
        if len(choices) == 1:
            kwargs["initial"] = {"organisation_id": choices[0][0]}
        super().__init__(*args, **kwargs)
        give(self, "organisation_id", choices if len(choices) == 1 else [("", "wybierz"), *choices])


class AnswerRequestForm(SeenForm):
    """The meeting that takes the matter up."""

    meeting_id = forms.ChoiceField(label="Spotkanie", widget=forms.RadioSelect)

    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(
            self,
            "meeting_id",
            [(str(one.pk), f"{one.when}, {one.get_state_display()}") for one in meetings],
        )


class RefuseRequestForm(SeenForm):
    """The reason for which no meeting is convened."""

    reason = LongText(label="Powód", help_text="Przeczyta go instytucja, która prosi.")
