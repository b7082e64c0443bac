"""Forms of declarations, of who fills them in and of the Lider's decision (REG §1.5)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.documents.forms import SignedFileForm, pdf_field
from kooperacja.ui.fields import DayField, EmailField, Line, LongText, PhoneField
from kooperacja.ui.forms import KeyedForm, VersionedForm
from tenants.accession.models.annexes import AnnexKind, DeclarationAnnex
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.workflow import SignatureMode
from tenants.people.forms import InstitutionForm, NamesPerson
from tenants.people.models import Person
from tenants.regulation.models import RegulationVersion

SIGNED = (
    "Skan podpisanego druku w PDF albo plik z podpisem elektronicznym: PDF, a także plik .xades, "
    ".xml, .asice, .sce lub .asics z dokumentem PDF w środku. Do 20 MB."
)
_SAID = ("mode", "signed_on", "signed_place", "received_on", "publish_consent", "case_mark")


class NewDeclarationForm(InstitutionForm, KeyedForm):
    """The institution that declares."""


class _PartForm(VersionedForm):
    """One part of a declaration; the API fills it in without what is saved."""

    def __init__(
        self, *args: Any, declaration: AccessionDeclaration | None = None, **kwargs: Any
    ) -> None:
        if declaration is not None:
            kwargs["initial"] = {"version": declaration.version, **self.saved_now(declaration)}
        super().__init__(*args, **kwargs)

    def saved_now(self, current: AccessionDeclaration) -> dict[str, Any]:
        raise NotImplementedError  # each part has values of its own


def _contact(person: Person | None) -> dict[str, str]:
    return {name: getattr(person, name, "") for name in ("full_name", "email", "phone")}


class SignatoryForm(NamesPerson, _PartForm):
    """The person who signs for the institution."""

    MAY_SHARE_ADDRESS = True

    full_name = Line(label="Imię i nazwisko", max_length=200)
    function = Line(
        label="Funkcja",
        max_length=120,
        help_text="Na przykład: dyrektor, komendant powiatowy, prezes zarządu.",
    )
    email = EmailField(label="Adres e-mail", required=False)
    phone = PhoneField()

    def saved_now(self, current: AccessionDeclaration) -> dict[str, Any]:
        return {**_contact(current.signatory), "function": current.signatory_function}


class CoordinatorForm(NamesPerson, _PartForm):
    """The person whom the institution delegates to the partnership."""

    MAY_LACK_ADDRESS = True
    full_name = Line(label="Imię i nazwisko", max_length=200)
    position = Line(label="Stanowisko", max_length=120)
    email = EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby: po przyjęciu instytucji dostanie na niego zaproszenie.",
    )
    phone = PhoneField()

    def saved_now(self, current: AccessionDeclaration) -> dict[str, Any]:
        return {**_contact(current.coordinator), "position": current.coordinator_position}


class SignedDeclarationForm(forms.Form):
    """The signed document and how it was signed."""

    file = pdf_field("Podpisana deklaracja", SIGNED)
    mode = forms.ChoiceField(
        label="Jak ją podpisano", choices=SignatureMode.choices, widget=forms.RadioSelect
    )
    signed_on = DayField(label="Data podpisania")
    signed_place = Line(label="Miejsce podpisania", max_length=100, required=False)


class AnnexForm(SignedFileForm, KeyedForm):
    """A file that goes with the signed declaration."""

    MODEL = DeclarationAnnex
    kind = forms.ChoiceField(
        label="Co to jest", choices=AnnexKind.choices, widget=forms.RadioSelect
    )
    file = pdf_field("Plik", "Skan w PDF albo plik z podpisem elektronicznym. Do 20 MB.")
    field_order = ("kind", "file", "is_electronic")


class FilingForm(SignedDeclarationForm):
    """The signed document as the office got it, and what it says."""

    received_on = DayField(label="Data wpływu do Lidera")
    regulation_id = forms.BooleanField(label="Instytucja akceptuje regulamin")
    publish_consent = forms.BooleanField(
        label="Instytucja zgadza się na publikację w wykazie członków", required=False
    )
    case_mark = Line(label="Znak sprawy", max_length=60, required=False)
    # Which version the page showed: another may come into force while it is open.
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        regulation: RegulationVersion,
        declaration: AccessionDeclaration,
        **kwargs: Any,
    ) -> None:
        # What was said when a returned declaration was filed the last time.
        before = {name: getattr(declaration, name) for name in _SAID}
        kwargs["initial"] = {"seen": regulation.pk, **before}
        super().__init__(*args, **kwargs)
        self.regulation = regulation
        accepted = f"Instytucja akceptuje obowiązujący regulamin: {regulation}"
        self.fields["regulation_id"].label = accepted

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("seen") not in {None, self.regulation.pk}:
            self._ask_again()
        return data

    def _ask_again(self) -> None:
        """The box that was ticked beside another version is empty again."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = str(self.regulation.pk)  # type: ignore[index]
        self.data.pop("regulation_id", None)  # type: ignore[attr-defined]
        wrong = (
            "W międzyczasie zaczęła obowiązywać inna wersja. Zaznacz, gdy instytucja ją przyjęła."
        )
        self.add_error("regulation_id", wrong)

    def values(self) -> dict[str, Any]:
        values = {**self.cleaned_data, "regulation_id": self.regulation.pk}
        del values["seen"]
        return values


class AcceptanceForm(VersionedForm):
    """The day from which the institution is a member."""

    decided_on = DayField(
        label="Data decyzji",
        initial=timezone.localdate,
        help_text="Od tego dnia instytucja jest członkiem.",
    )


class ReasonForm(VersionedForm):
    """The reason for which a declaration is returned or refused."""

    reason = LongText(
        label="Uzasadnienie",
        rows=5,
        help_text="Zobaczy je instytucja. Nie wpisuj danych osób ani rodzin.",
    )


class InviteApplicantForm(KeyedForm):
    """The person whom the office invites to fill the declaration in."""

    full_name = Line(label="Imię i nazwisko", max_length=200)
    email = EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby. Przyjdzie na niego zaproszenie, ważne 72 godziny.",
    )


class WithdrawInvitationForm(forms.Form):
    """The person whose invitation is taken back, as the page named them."""

    applicant_id = forms.UUIDField(widget=forms.HiddenInput, required=False)


class StatementsForm(VersionedForm):
    """The statements of the institution."""

    accepts = forms.BooleanField(label="Instytucja akceptuje regulamin")
    publish_consent = forms.BooleanField(
        label="Instytucja zgadza się na publikację nazwy, siedziby i kontaktu w wykazie członków",
        required=False,
        help_text="Zgoda jest dobrowolna i nie ma wpływu na przyjęcie.",
    )

    def __init__(
        self,
        *args: Any,
        regulation: RegulationVersion,
        declaration: AccessionDeclaration,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "version": declaration.version,
            "accepts": declaration.regulation_id == regulation.pk,
            "publish_consent": declaration.publish_consent,
        }
        super().__init__(*args, **kwargs)
        self.regulation = regulation
        accepted = f"Instytucja zapoznała się z regulaminem i go akceptuje: {regulation}"
        self.fields["accepts"].label = accepted

    def values(self) -> dict[str, Any]:
        values = {**self.cleaned_data, "regulation_id": self.regulation.pk}
        del values["accepts"]
        return values
