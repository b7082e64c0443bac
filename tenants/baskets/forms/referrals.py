"""Forms of a request to take somebody in, with no room to say who they are (REG §3.4)."""

from typing import Any

from django import forms

from kooperacja.ui.forms import KeyedForm, VersionedForm
from tenants.baskets.models.referrals import Reason, Referral
from tenants.baskets.workflow import ReferralState
from tenants.teams.forms import InNameForm

_ANSWERS = [
    (ReferralState.ACCEPTED, "przyjęcie jest możliwe"),
    *((f"{ReferralState.DECLINED}:{code}", f"odmowa: {words}") for code, words in Reason.choices),
    (ReferralState.NOT_OURS, "to nie ta usługa: zapytajcie gdzie indziej"),
]


class ReferralForm(KeyedForm, InNameForm):
    """In whose name one asks."""

    MODEL = Referral


class ReferralAnswerForm(VersionedForm):
    """One answer, with its reason where it is no."""

    answer = forms.ChoiceField(label="Odpowiedź", choices=_ANSWERS, widget=forms.RadioSelect)

    def values(self) -> dict[str, Any]:
        state, _, reason = self.cleaned_data["answer"].partition(":")
        return {"version": self.cleaned_data["version"], "state": state, "reason": reason}
