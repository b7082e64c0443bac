"""Forms of recruitment: the public one, and those of the office (REG §1.4, §5.1.h)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, EmailField, Line, LongText, PhoneField
from kooperacja.ui.forms import KeyedForm, SearchForm, VersionedForm, any_of, give
from kooperacja.ui.polish import fold
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.workflow import RECRUITMENT, RecruitmentState
from tenants.people.forms import NO_FAMILIES, InstitutionForm
from tenants.people.models import Sector

_SECTORS = [("", "wybierz z listy"), *Sector.choices]


class JoinForm(KeyedForm):
    """An institution asks to join; anybody may send it."""

    institution_name = Line(label="Nazwa instytucji", max_length=300)
    sector = forms.ChoiceField(label="Sektor", choices=_SECTORS)
    contact_name = Line(label="Osoba do kontaktu", max_length=200)
    contact_email = EmailField(label="Adres e-mail", required=False)
    contact_phone = PhoneField(
        label="Telefon",
        max_length=40,
        required=False,
        help_text="Podaj adres e-mail albo telefon, żebyśmy mogli odpowiedzieć.",
    )
    message = LongText(label="Wiadomość", rows=5, required=False, help_text=NO_FAMILIES)
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
    """An institution that the office invites, and the reason."""

    origin = forms.ChoiceField(
        label="Skąd ten wpis",
        widget=forms.RadioSelect,
        choices=[
            (Recruitment.Origin.OFFICE.value, "zapraszamy tę instytucję"),
            (Recruitment.Origin.NEED.value, Recruitment.Origin.NEED.label),
        ],
        initial=Recruitment.Origin.OFFICE,
    )
    institution_name = Line(label="Nazwa instytucji", max_length=300)
    sector = forms.ChoiceField(label="Sektor", choices=_SECTORS)
    contact_name = Line(label="Osoba do kontaktu", max_length=200, required=False)
    contact_email = EmailField(label="Adres e-mail", required=False)
    contact_phone = PhoneField()
    began_on = DayField(label="Data zaproszenia", initial=timezone.localdate)
    need = forms.UUIDField(required=False, widget=forms.HiddenInput)
    note = LongText(
        label="Notatka",
        required=False,
        help_text=f"Kto i jak zaprosił, jakiego zasobu brakuje. {NO_FAMILIES}",
    )

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        taken = {name: values.pop(name) for name in ("key", "note", "need")}
        return {**taken, "values": values}


class RecruitmentStepForm(VersionedForm):
    """The next step of an entry."""

    state = forms.ChoiceField(label="Co się stało", widget=forms.RadioSelect)
    happened_on = DayField(label="Data", initial=timezone.localdate)
    note = LongText(label="Notatka", required=False, help_text=NO_FAMILIES)

    def __init__(self, *args: Any, entry: Recruitment, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": entry.version}
        super().__init__(*args, **kwargs)
        states = RECRUITMENT.changes[RecruitmentState(entry.state)]
        choices = [(to.value, to.label) for to in states if to != RecruitmentState.JOINED]
        # What was sent for an older state is judged by the action, which says what happened since.
        if self.is_bound and self.data.get("version") != str(entry.version):
            choices = RecruitmentState.choices
        give(self, "state", choices)


class RecruitmentLinkForm(InstitutionForm):
    """The institution of the register to which an entry belongs; first one of its name."""

    def __init__(self, *args: Any, organisations: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, organisations=organisations, **kwargs)
        same = [known for known in organisations if fold(known.name) == fold(name)]
        self.fields["organisation"].initial = same[0].pk if same else None


class RecruitmentFilter(SearchForm):
    """The entries of the log to show."""

    stan = any_of("Stan", "wszystkie", RecruitmentState.choices)
