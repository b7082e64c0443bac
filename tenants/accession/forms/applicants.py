"""Forms of an institution that fills in its declaration itself (REG §1.5 s.1)."""

from typing import Any

from django import forms

from kooperacja.ui.forms import EmailField, KeyedForm, VersionedForm
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.regulation.models import RegulationVersion


class InviteApplicantForm(KeyedForm):
    """Whom the office invites to fill the declaration in."""

    full_name = forms.CharField(label="Imię i nazwisko", max_length=200)
    email = EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby. Przyjdzie na niego zaproszenie, ważne 72 godziny.",
    )


class WithdrawInvitationForm(forms.Form):
    """Whose invitation is taken back, as the page named them."""

    applicant_id = forms.UUIDField(widget=forms.HiddenInput, required=False)


class StatementsForm(VersionedForm):
    """What the institution states."""

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
