"""The form that answers an invitation (REG §2.6)."""

from typing import Any

from django import forms

from kooperacja.ui.fields import Line, LongText
from kooperacja.ui.forms import give
from tenants.meetings.models.invitations import Answer, SeatInvitation


class MeetingAnswerForm(forms.Form):
    """The answer of one seat."""

    answer = forms.ChoiceField(label="Czy będziesz?", widget=forms.RadioSelect)
    deputy = Line(
        label="Zastępca",
        max_length=200,
        required=False,
        help_text="Imię i nazwisko osoby z tej samej instytucji. Wypełnij, jeśli ktoś Cię zastąpi.",
    )
    note = LongText(
        label="Uwaga dla prowadzącego",
        rows=3,
        max_length=500,
        required=False,
        help_text="Nie wpisuj danych rodzin.",
    )

    def __init__(self, *args: Any, invitation: SeatInvitation, **kwargs: Any) -> None:
        kwargs["initial"] = {
            name: getattr(invitation, name) for name in ("answer", "deputy", "note")
        }
        super().__init__(*args, **kwargs)
        choices = [(Answer.YES.value, "Będę"), (Answer.NO.value, "Nie będę")]
        if invitation.seat.organisation_id:
            choices.append((Answer.DEPUTY.value, "Przyjdzie zastępca"))
        else:
            del self.fields["deputy"]
        give(self, "answer", choices)

    def values(self) -> dict[str, Any]:
        return {"deputy": "", **self.cleaned_data}
