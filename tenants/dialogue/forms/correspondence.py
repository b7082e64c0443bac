"""Forms of correspondence (REG §6.2)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kooperacja.guard.forms import GuardedForm, WholeForm
from kooperacja.ui.fields import DayField, Line, LongText, NumberField
from kooperacja.ui.forms import FilterForm, KeyedForm, SearchForm, SeenForm, any_of
from tenants.dialogue.models.correspondence import MAX_FILES, MAX_TEXT, Message, Retention, Thread
from tenants.dialogue.workflow import HeldState, ThreadState
from tenants.people.forms import NO_FAMILIES
from tenants.teams.forms import InNameForm

_DEFAULT_YEARS = 5


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A few PDF files at once."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MAX_FILES:
            raise ValidationError(f"Dołącz najwyżej {MAX_FILES} plików.")
        return [super(FilesField, self).clean(one, initial) for one in given]


class _ToAllForm(GuardedForm, InNameForm, KeyedForm):
    """A message to all: in whose name, the text, the files."""

    text = LongText(
        label="Treść",
        rows=10,
        max_length=MAX_TEXT,
        help_text=f"Przeczytają ją wszyscy członkowie zespołu. {NO_FAMILIES}",
    )
    file = FilesField(
        label="Załączniki",
        required=False,
        widget=_Files({"accept": "application/pdf,.pdf"}),
        help_text=f"Najwyżej {MAX_FILES} plików PDF. Zostają w Kooperacji: e-mail wymienia ich "
        "nazwy i prowadzi do strony, na której otwiera się je po zalogowaniu.",
    )

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        uploads = values.pop("file")
        return {**values, "uploads": uploads}


class NewThreadForm(_ToAllForm):
    """The first message on a subject."""

    MODEL = Thread
    subject = Line(label="Temat", max_length=150, help_text="Widać go w e-mailu i na liście.")
    field_order = ("of", "subject", "text", "file")


class ThreadAnswerForm(_ToAllForm):
    """An answer to all."""

    MODEL = Message


class HeldReasonForm(GuardedForm, SeenForm):
    """Says why an answer that waits is sent to all, or why it is not."""

    decision = LongText(label="Dlaczego", rows=3, max_length=500, help_text=NO_FAMILIES)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"version": data["version"], "reason": data["decision"]}


class SendHeldForm(WholeForm, HeldReasonForm):
    """Sends an answer that waited for anything but what it says: nobody looked at that yet."""


class RetentionForm(KeyedForm):
    """Says for how long correspondence is kept."""

    MODEL = Retention
    years = NumberField(
        label="Przez ile lat od ostatniej wiadomości",
        min_value=1,
        max_value=50,
        required=False,
        initial=_DEFAULT_YEARS,
        help_text="Puste pole znaczy, że niczego nie usuwamy.",
    )
    from_on = DayField(label="Od dnia", help_text="Nie wcześniej niż dzisiaj.")


class ThreadsFilter(SearchForm):
    """The threads of a list to show."""

    stan = any_of("Stan", "wszystkie", ThreadState.choices)
    nowe = any_of("Przeczytane", "wszystkie", [("nie", "z nieprzeczytanymi wiadomościami")])


class HeldFilter(FilterForm):
    """The answers of a list to show."""

    stan = any_of("Stan", "wszystkie", HeldState.choices)
