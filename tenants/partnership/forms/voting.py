"""Forms of a change of the regulation: its voting, the votes, how it ends (REG §9)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import DateInput
from tenants.partnership import rules
from tenants.partnership.forms.common import SignedFileForm
from tenants.partnership.forms.regulation import AdoptionForm
from tenants.partnership.models import Choice, RegulationBallot, RegulationVersion

_VOTING_DAYS = 14


class OpenVotingForm(forms.Form):
    """Until when members may vote."""

    voting_until = forms.DateField(
        label="Głosowanie trwa do",
        widget=DateInput,
        initial=lambda: timezone.localdate() + timedelta(days=_VOTING_DAYS),
        help_text="Do końca tego dnia można oddać głos.",
    )

    def clean_voting_until(self) -> date:
        day: date = self.cleaned_data["voting_until"]
        if wrong := rules.voting_until_error(day, timezone.localdate()):
            raise forms.ValidationError(wrong)
        return day


class VoteForm(forms.Form):
    """What one's institution says; whoever speaks for several says for which."""

    ballot = forms.ModelChoiceField(
        RegulationBallot.objects.none(),
        label="W imieniu",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    choice = forms.ChoiceField(
        label="Głos",
        choices=Choice.choices,
        widget=forms.RadioSelect,
        help_text="Oddanego głosu nie można zmienić (§ 9 regulaminu).",
    )

    def __init__(self, *args: Any, ballots: Iterable[RegulationBallot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ballot"]
        wanted = [one.pk for one in ballots]
        field.queryset = RegulationBallot.objects.filter(pk__in=wanted)
        field.label_from_instance = lambda one: one.name
        if len(wanted) == 1:
            field.initial = wanted[0]


class PaperVoteForm(SignedFileForm, VoteForm):
    """A vote that was handed in in writing."""

    field_order = ["ballot", "choice", "cast_on", "file"]

    cast_on = forms.DateField(label="Data głosu na piśmie", widget=DateInput)
    file = forms.FileField(
        label="Głos na piśmie (PDF)",
        widget=forms.ClearableFileInput({"accept": "application/pdf,.pdf"}),
        help_text="Skan albo plik z podpisem elektronicznym, do 20 MB.",
    )

    def __init__(self, *args: Any, version: RegulationVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        field: Any = self.fields["ballot"]
        field.label, field.widget = "Czyj głos", forms.Select()
        field.widget.choices = field.choices

    def clean_cast_on(self) -> date:
        day: date = self.cleaned_data["cast_on"]
        assert self.version.voting_from is not None  # a version that is voted on has both
        assert self.version.voting_until is not None
        wrong = rules.vote_date_error(
            day, self.version.voting_from, self.version.voting_until, timezone.localdate()
        )
        if wrong:
            raise forms.ValidationError(wrong)
        return day


class AmendmentAdoptionForm(AdoptionForm):
    """When and where a change that won was adopted; it never reaches back."""

    def __init__(self, *args: Any, version: RegulationVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version

    def dates_error(
        self, adopted_on: date | None, in_force_from: date | None
    ) -> tuple[str, str] | None:
        before = self.version.amends
        assert before is not None  # only a change is voted on
        assert before.in_force_from is not None
        assert self.version.voting_from is not None
        return rules.amendment_dates_error(
            adopted_on,
            in_force_from,
            voting_from=self.version.voting_from,
            last_in_force_from=before.in_force_from,
            today=timezone.localdate(),
        )


class WithdrawalForm(forms.Form):
    """Why a change is given up."""

    reason = forms.CharField(
        label="Powód",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text="Przeczytają go członkowie Partnerstwa.",
    )
