"""Forms by which an institution answers a gmina, or the office for it from a letter (POR-C §2.4.2)."""

from typing import Any

from kooperacja.documents.forms import pdf_field
from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, EmailField, Line, LongText
from kooperacja.ui.forms import FilterForm, SeenForm, any_of
from powiat.pzk.models import AskedDelegation
from powiat.pzk.workflow import AskedState

_APART = ("version", "file")


class AnswerAskedForm(SeenForm):
    """Carries the version of a request; whoever answers from a letter adds the letter."""

    file = pdf_field(
        "Pismo instytucji",
        "PDF pisma, z którego wpisujesz odpowiedź. Do 20 MB.",
    )

    def __init__(self, *args: Any, row: AskedDelegation, from_letter: bool, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if not from_letter:
            del self.fields["file"]


class NameDelegateForm(AnswerAskedForm):
    """The person whom the institution sends to the GGK."""

    field_order = ("full_name", "named_function", "email", "named_from", "named_until", "file")

    full_name = Line(label="Imię i nazwisko delegata", max_length=200)
    named_function = Line(
        label="Funkcja",
        max_length=200,
        help_text="Na przykład: pedagog, dzielnicowy, pielęgniarka środowiskowa.",
    )
    email = EmailField(
        label="Służbowy adres e-mail",
        help_text="Własny adres tej osoby. Ośrodek, który prosi, wyśle na niego zaproszenie.",
    )
    named_from = DayField(label="Delegacja od")
    named_until = DayField(
        label="Delegacja do",
        required=False,
        help_text="Ostatni dzień. Zostaw puste, jeśli nie ma końca.",
    )

    def __init__(self, *args: Any, row: AskedDelegation, **kwargs: Any) -> None:
        plain = {"named_function": row.function, "named_from": row.from_on}
        super().__init__(*args, row=row, **{**kwargs, "initial": plain})

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        apart = {name: said.pop(name) for name in _APART if name in said}
        return {**apart, "values": said}


class RefuseDelegateForm(GuardedForm, AnswerAskedForm):
    """The reason for which the institution sends nobody."""

    reason = LongText(
        label="Powód odmowy",
        rows=4,
        max_length=500,
        help_text="Przeczyta go ośrodek, który prosi. Nie wpisuj danych osób ani rodzin.",
    )


class RecallDelegateForm(SeenForm):
    """The day on which a delegation ends."""

    ended_on = DayField(
        label="Delegacja skończona z dniem",
        help_text="Najpóźniej dzisiaj. Od tego dnia delegat nie ma miejsca w GGK.",
    )


class DelegationsFilter(FilterForm):
    """Requests in one state."""

    stan = any_of("Stan", "każdy", AskedState.choices)
