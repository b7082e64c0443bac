"""Forms of recruitment: the public one, and those of the office (REG §1.4, §5.1.h)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import DateInput, EmailField, KeyedForm, SearchForm, VersionedForm
from kooperacja.ui.polish import fold
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.workflow import RECRUITMENT, RecruitmentState
from tenants.people.models import Organisation, Sector

_NO_FAMILIES = "Nie wpisuj danych rodzin ani osób, którym pomagacie."
_SECTORS = [("", "wybierz z listy"), *Sector.choices]


class JoinForm(KeyedForm):
    """An institution asks to join; anybody may send it."""

    institution_name = forms.CharField(label="Nazwa instytucji", max_length=300)
    sector = forms.ChoiceField(label="Sektor", choices=_SECTORS)
    contact_name = forms.CharField(label="Osoba do kontaktu", max_length=200)
    contact_email = EmailField(label="Adres e-mail", required=False)
    contact_phone = forms.CharField(
        label="Telefon",
        max_length=40,
        required=False,
        help_text="Podaj adres e-mail albo telefon, żebyśmy mogli odpowiedzieć.",
    )
    message = forms.CharField(
        label="Wiadomość",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_NO_FAMILIES,
    )
    has_read = forms.BooleanField(label="Znam informację o danych osobowych")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_silent = not data.get("contact_email") and not data.get("contact_phone")
        if is_silent and not {"contact_email", "contact_phone"} & set(self.errors):
            self.add_error("contact_email", "Podaj adres e-mail albo telefon.")
        return data

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        del values["has_read"]
        return {"key": values.pop("key"), "values": values}


class NewRecruitmentForm(KeyedForm):
    """Whom the office invites, and why."""

    origin = forms.ChoiceField(
        label="Skąd ten wpis",
        widget=forms.RadioSelect,
        choices=[
            (Recruitment.Origin.OFFICE.value, "zapraszamy tę instytucję"),
            (Recruitment.Origin.NEED.value, Recruitment.Origin.NEED.label),
        ],
        initial=Recruitment.Origin.OFFICE,
    )
    institution_name = forms.CharField(label="Nazwa instytucji", max_length=300)
    sector = forms.ChoiceField(label="Sektor", choices=_SECTORS)
    contact_name = forms.CharField(label="Osoba do kontaktu", max_length=200, required=False)
    contact_email = EmailField(label="Adres e-mail", required=False)
    contact_phone = forms.CharField(label="Telefon", max_length=40, required=False)
    began_on = forms.DateField(
        label="Data zaproszenia", widget=DateInput, initial=timezone.localdate
    )
    note = forms.CharField(
        label="Notatka",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=f"Kto i jak zaprosił, jakiego zasobu brakuje. {_NO_FAMILIES}",
    )

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"key": values.pop("key"), "note": values.pop("note"), "values": values}


class RecruitmentStepForm(VersionedForm):
    """What happened next."""

    state = forms.ChoiceField(label="Co się stało", widget=forms.RadioSelect)
    happened_on = forms.DateField(label="Data", widget=DateInput, initial=timezone.localdate)
    note = forms.CharField(
        label="Notatka",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_NO_FAMILIES,
    )

    def __init__(self, *args: Any, entry: Recruitment, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": entry.version}
        super().__init__(*args, **kwargs)
        states = RECRUITMENT.changes[RecruitmentState(entry.state)]
        choices = [(one.value, one.label) for one in states if one != RecruitmentState.JOINED]
        # What was sent for an older state is judged by the action, which says what happened since.
        if self.is_bound and self.data.get("version") != str(entry.version):
            choices = RecruitmentState.choices
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


class RecruitmentLinkForm(forms.Form):
    """Which institution of the register it is."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Instytucja", empty_label="wybierz z listy"
    )

    def __init__(self, *args: Any, organisations: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        same = [one for one in organisations if fold(one.name) == fold(name)]
        self.fields["organisation"].initial = same[0].pk if same else None

    def values(self) -> dict[str, Any]:
        return {"organisation_id": self.cleaned_data["organisation"].pk}


class RecruitmentFilter(SearchForm):
    """What to show of the log."""

    stan = forms.ChoiceField(
        label="Stan", required=False, choices=[("", "wszystkie"), *RecruitmentState.choices]
    )
