"""The parts that forms share: in whose name, before which meeting, and what does not belong there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from tenants.meetings.models.meetings import Meeting

NO_FAMILIES = "Nie wpisuj danych rodzin ani osób, którym pomagacie."


class InNameForm(forms.Form):
    """Asks in the name of which institution; where there is but one, it is chosen already."""

    of = forms.ChoiceField(label="W imieniu")

    def __init__(self, *args: Any, speaks_for: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        if len(speaks_for) == 1:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), "of": speaks_for[0][0]}
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = speaks_for if len(speaks_for) == 1 else [("", "wybierz"), *speaks_for]


class BeforeMeetingForm(forms.Form):
    """Asks which meeting takes something up; the next one is chosen already, none that is over."""

    meeting_id = forms.TypedChoiceField(label="Spotkanie", coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        today = timezone.localdate()
        if ahead := next((one for one in meetings if one.day >= today), None):
            kwargs["initial"] = {"meeting_id": str(ahead.pk)}
        super().__init__(*args, **kwargs)
        field = self.fields["meeting_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (f"{one.pk}", f"{one.when}, {one.get_state_display()}") for one in meetings
        ]
