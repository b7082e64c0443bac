"""Forms about the life of tenants: filters, the first administrator, a reason, a register file."""

from typing import Any

from django import forms

from kooperacja.ui.forms import EmailField, SearchForm, VersionedForm
from kooperacja.ui.polish import fold, sort_key
from region.panel.tenants_rows import BEHIND, UnitTenant
from region.panel.units import STATES
from tenants.registry.models import TenantKind
from tenants.registry.terc import MAX_BYTES


class TenantsFilter(SearchForm):
    """A name or a code, a powiat, a state and a kind."""

    powiat = forms.ChoiceField(label="Powiat", required=False)
    stan = forms.ChoiceField(label="Stan", required=False)
    rodzaj = forms.ChoiceField(label="Rodzaj", required=False)

    field_order = ("szukaj", "powiat", "rodzaj", "stan")

    def __init__(self, *args: Any, rows: list[UnitTenant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["szukaj"].label = "Nazwa albo kod TERYT"
        counties = sorted({row.county for row in rows if row.county}, key=sort_key)
        states = [(code, said) for code, (said, _) in STATES.items()]
        if any(row.is_behind for row in rows):
            states.append((BEHIND, "czeka na aktualizację"))
        self._choices("powiat", [(county, county) for county in counties])
        self._choices("stan", states)
        self._choices("rodzaj", [(str(kind.value), str(kind.label)) for kind in TenantKind])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "wszystkie"), *choices]

    def found(self) -> list[UnitTenant]:
        """The rows asked for; a filter that means nothing filters nothing."""
        self.is_valid()
        wanted = fold(self.cleaned_data.get("szukaj", "").strip())
        county, status, kind = (self.cleaned_data.get(n) for n in ("powiat", "stan", "rodzaj"))
        return [
            row
            for row in self.rows
            if wanted in fold(f"{row.title} {row.code}")
            and county in (None, "", row.county)
            and status in (None, "", row.state_code, BEHIND if row.is_behind else row.state_code)
            and kind in (None, "", row.level)
        ]


class AdministratorForm(forms.Form):
    """Who is invited as the first administrator once the tenant is open; may be left for later."""

    admin_name = forms.CharField(label="Imię i nazwisko", required=False, max_length=200)
    admin_email = EmailField(
        label="Adres e-mail",
        required=False,
        help_text="Zaproszenie wyślemy po otwarciu. Jest ważne 72 godziny.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named, addressed = cleaned.get("admin_name"), cleaned.get("admin_email")
        if named and not addressed and "admin_email" not in self.errors:
            self.add_error("admin_email", "Podaj adres e-mail tej osoby.")
        if addressed and not named:
            self.add_error("admin_name", "Podaj imię i nazwisko tej osoby.")
        return cleaned


class InviteForm(forms.Form):
    """Another administrator, or the first one again when the invitation ran out."""

    name = forms.CharField(label="Imię i nazwisko", max_length=200)
    email = EmailField(label="Adres e-mail", help_text="Zaproszenie jest ważne 72 godziny.")


class ReasonForm(VersionedForm):
    """Why a door is shut; shown to those who lose access."""

    reason = forms.CharField(
        label="Powód",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Zobaczą go osoby, które stracą dostęp. Nie wpisuj danych osobowych.",
    )


class ReopenForm(VersionedForm):
    """Opening the door again asks for nothing but the state that was seen."""


class RegisterFileForm(forms.Form):
    """A file of the official register."""

    plik = forms.FileField(
        label="Plik TERC (CSV)",
        max_length=200,
        help_text="Ze strony eteryt.stat.gov.pl: rejestr TERC, wersja urzędowa, format CSV.",
    )

    def clean_plik(self) -> bytes:
        upload = self.cleaned_data["plik"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError("Plik jest większy niż 5 MB; rejestr kraju ma ich 0,3.")
        return bytes(upload.read())
