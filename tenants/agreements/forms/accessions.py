"""Forms of a late accession: its institution and reason, its signature, its end (POR-C §4.3)."""

from typing import Any, ClassVar

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, LongText
from kooperacja.ui.forms import KeyedForm, SeenForm
from tenants.agreements.forms.parties import AgreementPartyForm
from tenants.agreements.forms.signing import SignatureForm
from tenants.agreements.models import Accession, Agreement, Party
from tenants.agreements.models.accessions import LONGEST_JUSTIFICATION

_APART = ("key", "justification", "sign_by")


class _JustifiedForm(GuardedForm):
    """The reason for an accession, and its last day."""

    justification = LongText(
        label="Uzasadnienie",
        rows=5,
        max_length=LONGEST_JUSTIFICATION,
        help_text="Dlaczego udział tej instytucji jest uzasadniony z punktu widzenia celu modelu "
        "kooperacji. Przeczytają je wszystkie Strony; będzie w dokumencie przystąpienia.",
    )
    sign_by = DayField(
        label="Ostatni dzień na podpis",
        required=False,
        help_text="Zostaw puste, jeśli terminu nie ustalacie.",
    )


class NewAccessionForm(_JustifiedForm, KeyedForm, AgreementPartyForm):
    """The accession of an institution that is no party: of the register, or new to it."""

    MODEL = Accession
    # Who signs for an institution stands in its paper.
    UNGUARDED: ClassVar[frozenset[str]] = frozenset(
        {"name", "seat", "signing_body", "represented_by", "function"}
    )

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, last=agreement.parties.count(), **kwargs)
        del self.fields["number"]
        for name in ("sign_by", "justification"):
            self.fields[name] = self.fields.pop(name)
        self.ask_reason_last()

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**{name: said.pop(name) for name in _APART}, "values": said}


class AgainAccessionForm(_JustifiedForm, KeyedForm):
    """The accession of a party that did not sign in time."""

    MODEL = Accession


class AccessionSignatureForm(SignatureForm):
    """The signature of its representative, and the basis on which it was given."""

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, party=party, **kwargs)
        self.fields["signed_on"].help_text = (
            "Nie wcześniejsza niż dzień, w którym przygotowano przystąpienie. Od tego dnia "
            "instytucja jest Stroną."
        )


class WithdrawAccessionForm(GuardedForm, SeenForm):
    """The reason for which an institution does not accede."""

    reason = LongText(label="Powód", rows=3, max_length=500)
