"""The form of a resignation (REG §1.6)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.documents.forms import pdf_field
from kooperacja.ui.fields import DayField, Line, LongText
from kooperacja.ui.forms import KeyedForm, SearchForm
from tenants.accession.forms.declarations import SIGNED
from tenants.accession.models.resignations import ResignationNotice
from tenants.accession.workflow import SignatureMode


class ResignationForm(KeyedForm):
    """The signed resignation and what it says; on-line it is received on the day it is sent."""

    MODEL = ResignationNotice

    file = pdf_field("Podpisana rezygnacja", SIGNED)
    mode = forms.ChoiceField(
        label="Jak ją podpisano",
        choices=SignatureMode.choices,
        widget=forms.RadioSelect,
        initial=SignatureMode.PAPER_SCAN,
    )
    signatory_name = Line(
        label="Kto podpisał",
        max_length=200,
        help_text="Imię i nazwisko osoby upoważnionej do reprezentowania instytucji.",
    )
    signatory_function = Line(label="Funkcja osoby podpisującej", max_length=120)
    signed_on = DayField(label="Data podpisania")
    received_on = DayField(label="Data wpływu do Lidera", initial=timezone.localdate)
    reason = LongText(
        label="Powód",
        required=False,
        rows=3,
        help_text="Nieobowiązkowy. Nie wpisuj danych osób ani rodzin.",
    )
    case_mark = Line(label="Znak sprawy", max_length=60, required=False)
    void_votes = forms.BooleanField(
        label="Głosy oddane od dnia, w którym ustaje członkostwo, są nieważne",
        required=False,
        help_text="Przeliczymy je (§ 9 regulaminu). Jeśli wynik zamkniętego głosowania się zmieni, "
        "Lider zdecyduje, czy głosować ponownie, czy pozostawić wynik z podaniem powodu.",
    )

    def __init__(self, *args: Any, is_online: bool, has_voted: bool = False, **kwargs: Any) -> None:
        """`has_voted`: the institution gave votes that the day of receipt may make void."""
        super().__init__(*args, **kwargs)
        if not has_voted:
            del self.fields["void_votes"]
        if is_online:
            del self.fields["received_on"], self.fields["case_mark"]


class ResignationsFilter(SearchForm):
    """The resignations to show, by institution and days of receipt."""

    od = DayField(label="Wpłynęła od", required=False)
    do = DayField(label="Wpłynęła do", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("od"), data.get("do")
        if since and until and since > until:
            self.add_error("do", "Dzień końcowy nie może być wcześniejszy niż początkowy.")
        return data
