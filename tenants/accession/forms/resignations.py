"""The form of a resignation (REG §1.6)."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.documents.forms import pdf_field
from kooperacja.ui.fields import DayField, Line, LongText
from kooperacja.ui.forms import Asked, AskingForm, KeyedForm, SearchForm
from tenants.accession.actions.leaving import effective_on
from tenants.accession.forms.declarations import SIGNED
from tenants.accession.models.resignations import ResignationNotice
from tenants.accession.workflow import SignatureMode
from tenants.people.models import Organisation, Person
from tenants.people.rules import is_like


class ResignationForm(AskingForm, KeyedForm):
    """The content of a signed resignation, shown once more before the document is handed in.

    On-line it is received on the day it is sent.
    """

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

    field_order = (
        *("key", "mode", "signatory_name", "signatory_function", "signed_on", "received_on"),
        *("reason", "case_mark", "void_votes", "file"),
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        is_online: bool,
        has_voted: bool = False,
        **kwargs: Any,
    ) -> None:
        """`has_voted`: the institution gave votes that the day of receipt may make void."""
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        if not has_voted:
            del self.fields["void_votes"]
        if is_online:
            del self.fields["received_on"], self.fields["case_mark"]
        self._file = self.fields["file"]
        if not self.answer:  # a file is chosen once: after the second look
            del self.fields["file"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._ask(data)
        return data

    def _ask(self, data: dict[str, Any]) -> None:
        said = [data[name] for name in ("signatory_name", "signatory_function", "signed_on")]
        received = data.get("received_on", "")
        about = {
            "said": data,
            "mode": SignatureMode(data["mode"]).label,
            "effective_on": effective_on(received or timezone.localdate()),
            "heads": self._other_heads(data),
            "joined_on": self._joined_after(data["signed_on"]),
        }
        key = "|".join(str(part) for part in (*said, received))
        words = "Sprawdź, co wpisano, i dołącz podpisane pismo. Rezygnacji nie można cofnąć."
        self.ask(words, Asked(key, "Złóż rezygnację", "accession/_resignation_check.html", about))
        if self.asked:
            self.fields["file"] = self._file

    def _joined_after(self, signed_on: date) -> date | None:
        """The first day of the membership that ends, if the letter is older than it."""
        days = self.organisation.memberships.order_by("-from_on").values_list("from_on", flat=True)
        joined_on: date | None = days.first()
        return joined_on if joined_on and signed_on < joined_on else None

    def _other_heads(self, data: dict[str, Any]) -> list[Person]:
        """People who headed the institution on the day of the signature, if none of them signed."""
        posts = self.organisation.posts.on(data["signed_on"]).filter(is_head=True)
        heads = [post.person for post in posts.select_related("person").order_by("pk")]
        signed = any(is_like(head.full_name, data["signatory_name"]) for head in heads)
        return [] if signed else heads


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
