"""Forms of a change of the regulation: its voting, the votes, how it ends (REG §9)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import DateInput
from tenants.partnership.actions.voting import Adoption
from tenants.partnership.forms.common import SignedFileForm
from tenants.partnership.forms.regulation import AdoptionForm
from tenants.partnership.models import Choice, RegulationBallot

_VOTING_DAYS = 14


class OpenVotingForm(forms.Form):
    """Until when members may vote."""

    voting_until = forms.DateField(
        label="Głosowanie trwa do",
        widget=DateInput,
        initial=lambda: timezone.localdate() + timedelta(days=_VOTING_DAYS),
        help_text="Do końca tego dnia można oddać głos.",
    )


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

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["ballot_id"] = values.pop("ballot").pk
        return values


class PaperVoteForm(SignedFileForm, VoteForm):
    """A vote that was handed in in writing."""

    field_order = ["ballot", "choice", "cast_on", "file"]

    cast_on = forms.DateField(label="Data głosu na piśmie", widget=DateInput)
    file = forms.FileField(
        label="Głos na piśmie (PDF)",
        widget=forms.ClearableFileInput({"accept": "application/pdf,.pdf"}),
        help_text="Skan albo plik z podpisem elektronicznym, do 20 MB.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ballot"]
        field.label, field.widget = "Czyj głos", forms.Select()
        field.widget.choices = field.choices

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["upload"] = values.pop("file")
        return values


class AmendmentAdoptionForm(AdoptionForm):
    """When and where a change that won was adopted."""

    def values(self) -> dict[str, Any]:
        return {"adoption": Adoption(**super().values())}


class WithdrawalForm(forms.Form):
    """Why a change is given up."""

    reason = forms.CharField(
        label="Powód",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text="Przeczytają go członkowie Partnerstwa.",
    )
