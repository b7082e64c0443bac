"""The meeting that takes something up, as forms ask for it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import give
from tenants.meetings.models.meetings import Meeting


class BeforeMeetingForm(forms.Form):
    """Asks which meeting takes something up; the next one is chosen already, none that is over."""

    meeting_id = forms.TypedChoiceField(label="Spotkanie", coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        today = timezone.localdate()
        if ahead := next((one for one in meetings if one.day >= today), None):
            kwargs["initial"] = {"meeting_id": str(ahead.pk)}
        super().__init__(*args, **kwargs)
        give(
            self,
            "meeting_id",
            [(f"{one.pk}", f"{one.when}, {one.get_state_display()}") for one in meetings],
        )
