"""Forms of the rounds in which owners confirm their services (REG §3.5.a)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from kooperacja.ui.fields import Line, LongText
from kooperacja.ui.forms import KeyedForm
from tenants.baskets.actions.checking import Said
from tenants.baskets.models.answers import OF_OWNER, Answer
from tenants.baskets.models.checks import CheckCall
from tenants.baskets.models.services import Service
from tenants.services.confirming_forms import HowForm, ReachedForm
from tenants.services.said import Given

_NOTE = "note_"
_LONGEST_END = Service._meta.get_field("ended_why").max_length or 0


class _AnswersForm(forms.Form):
    """One answer for each due service of a card; what is left out stays to be answered."""

    template_name = "components/_answers_form.html"
    mends_itself = False  # whoever answers goes on to the description

    def __init__(
        self, *args: Any, due: Sequence[Service], described: Mapping[UUID, Given], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._described = described
        self._services = {str(service.pk): service for service in due}
        for name in self._services:
            self.fields[name] = forms.ChoiceField(
                label="Czy opis jest prawdziwy",
                choices=OF_OWNER,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"{_NOTE}{name}"] = LongText(
                label="Co się zmieniło", max_length=900, rows=2, required=False
            )
        self.order_fields(self._own)

    @property
    def _own(self) -> list[str]:
        """The fields of each service, which come first."""
        return [field for name in self._services for field in (name, f"{_NOTE}{name}")]

    @property
    def others(self) -> Iterator[BoundField]:
        """Whatever is asked of all of them together."""
        return (one for one in self.visible_fields() if one.name not in self._own)

    @property
    def paragraphs(self) -> list[tuple[str, Given, list[BoundField]]]:
        """Each service as it is described, and the answer."""
        return [
            (
                service.name,
                self._described.get(service.pk, []),
                [self[name], self[f"{_NOTE}{name}"]],
            )
            for name, service in self._services.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in self._services:
            is_changed = data.get(name) == Answer.CHANGED and not self.mends_itself
            if is_changed and not data.get(f"{_NOTE}{name}"):
                self.add_error(f"{_NOTE}{name}", "Napisz, co się zmieniło.")
            has_ended = data.get(name) == Answer.ENDED
            if has_ended and len(data.get(f"{_NOTE}{name}") or "") > _LONGEST_END:
                words = f"Napisz krócej, dlaczego jej nie ma: najwyżej {_LONGEST_END} znaków."
                self.add_error(f"{_NOTE}{name}", words)
        if not any(data.get(name) for name in self._services) and not self.errors:
            raise forms.ValidationError("Wybierz odpowiedź przynajmniej przy jednej usłudze.")
        return data

    @property
    def answers(self) -> dict[UUID, Said]:
        data = self.cleaned_data
        return {
            service.pk: Said(data[name], data[f"{_NOTE}{name}"])
            for name, service in self._services.items()
            if data.get(name)
        }


class CheckAnswerForm(HowForm, _AnswersForm):
    """The answers of whoever keeps the card; how they know, unless it is theirs."""

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, is_own=is_own, **kwargs)
        self.mends_itself = is_own

    def values(self) -> dict[str, Any]:
        return {"how": self.cleaned_data["how"], "answers": self.answers}


class LinkAnswerForm(_AnswersForm):
    """The answers of whoever opened the link of a mail; their name, where several read it."""

    keeps_draft = False  # there is nobody whose it would be

    full_name = Line(label="Twoje imię i nazwisko", max_length=100)
    function = Line(label="Twoja funkcja", max_length=90, help_text="Na przykład: sekretarka.")

    def __init__(self, *args: Any, is_shared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_shared:
            del self.fields["full_name"], self.fields["function"]

    def values(self) -> dict[str, Any]:
        names = (self.cleaned_data.get(name) for name in ("full_name", "function"))
        return {"answers": self.answers, "who": ", ".join(filter(None, names))}


class CallForm(ReachedForm, KeyedForm):
    """How the office tried to reach the owner of a card."""

    MODEL = CheckCall
