"""Forms of a draft that lies before its parties, and of what these say to its clauses (POR preamble)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import FilterForm, KeyedForm, SeenForm, give
from tenants.agreements.models import ClauseComment, CommentReply
from tenants.agreements.models.comments import LONGEST_COMMENT
from tenants.people.forms import NO_FAMILIES
from tenants.teams.forms import InNameForm

Choices = Sequence[tuple[str, str]]
OPEN, ALL = "otwarte", "wszystkie"


class UnshareForm(GuardedForm, SeenForm):
    """The reason for which the parties read a draft no more; it is told to them."""

    reason = LongText(
        label="Powód", rows=3, max_length=500, help_text="Przeczytają go wszystkie Strony."
    )


class _InNameForm(InNameForm):
    """Asks only where there is more than one side."""

    def __init__(self, *args: Any, speaks_for: Choices, **kwargs: Any) -> None:
        super().__init__(*args, speaks_for=speaks_for, **kwargs)
        if len(speaks_for) == 1:
            del self.fields["of"]


class NewCommentForm(GuardedForm, _InNameForm, KeyedForm):
    """A comment on a clause, and the side that is asked to answer."""

    MODEL = ClauseComment

    clause = forms.ChoiceField(label="Postanowienie")
    text = LongText(label="Uwaga", rows=5, max_length=LONGEST_COMMENT, help_text=NO_FAMILIES)
    asked = forms.ChoiceField(label="Kto ma odpowiedzieć", required=False)

    def __init__(
        self, *args: Any, clauses: Mapping[str, str], askable: Choices, clause: str, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"clause": clause}
        super().__init__(*args, **kwargs)
        give(self, "clause", [("", "wybierz"), *clauses.items()])
        if askable:
            give(self, "asked", [("", "nikt w szczególności"), *askable])
        else:
            del self.fields["asked"]

    def values(self) -> dict[str, Any]:
        return {"asked": "", **self.cleaned_data}


class AnswerCommentForm(GuardedForm, _InNameForm, KeyedForm):
    """An answer to a comment."""

    MODEL = CommentReply

    text = LongText(label="Odpowiedź", rows=5, max_length=LONGEST_COMMENT, help_text=NO_FAMILIES)


class CommentsFilter(FilterForm):
    """Comments that are open, or all of them; those on one clause."""

    stan = forms.ChoiceField(label="Uwagi", required=False, choices=[("", OPEN), (ALL, ALL)])
    postanowienie = forms.ChoiceField(label="Postanowienie", required=False)

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(self, "postanowienie", [("", "każde"), *names.items()])
