"""Forms of the GGK: choices and days alone, for a request leaves this unit (POR-C §2.4.2)."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from gmina.ggk import rules
from gmina.ggk.models import DelegationRequest, Group
from kooperacja.ui.fields import DayField
from kooperacja.ui.forms import KeyedForm, give
from tenants.exchange.models import PublishedAgreement, PublishedParty

_DAYS_TO_ANSWER = 14
Choices = Sequence[tuple[str, str]]


class FoundGroupForm(KeyedForm):
    """The county's agreement under which the group is founded."""

    MODEL = Group

    agreement = forms.ChoiceField(label="Porozumienie")

    def __init__(self, *args: Any, agreements: Sequence[PublishedAgreement], **kwargs: Any) -> None:
        if len(agreements) == 1:
            kwargs["initial"] = {"agreement": str(agreements[0].agreement_id)}
        super().__init__(*args, **kwargs)
        named = [(str(one.agreement_id), one.name) for one in agreements]
        give(self, "agreement", named)

    def values(self) -> dict[str, Any]:
        return {
            "key": self.cleaned_data["key"],
            "agreement_id": UUID(self.cleaned_data["agreement"]),
        }


class AskForm(KeyedForm):
    """A person in a function whom an institution is asked for."""

    MODEL = DelegationRequest

    party = forms.ChoiceField(label="Instytucja")
    function = forms.ChoiceField(
        label="W jakiej funkcji",
        help_text="Najpierw te, które instytucje podały w porozumieniu.",
    )
    from_on = DayField(label="Od kiedy jest potrzebna")
    answer_by = DayField(
        label="Odpowiedź do dnia",
        help_text="Gdy nikt nie odpowie do końca tego dnia, prośba wygasa i można ją ponowić.",
    )

    def __init__(self, *args: Any, parties: Sequence[PublishedParty], **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {
            "from_on": today,
            "answer_by": today + timedelta(days=_DAYS_TO_ANSWER),
        }
        super().__init__(*args, **kwargs)
        give(self, "party", [("", "wybierz"), *((str(one.party_id), one.name) for one in parties)])
        give(self, "function", [("", "wybierz"), *_functions(parties)])

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"party_id": UUID(values.pop("party")), **values}


def _functions(parties: Iterable[PublishedParty]) -> Choices:
    named = [one for party in parties for one in party.functions]
    return [(one, one) for one in rules.functions(named)]


class SecrecyForm(forms.Form):
    """The undertaking of whoever is in the group, in the words of the agreement (POR-C §3.6)."""

    promise = forms.BooleanField(
        label="Zobowiązuję się zachować w tajemnicy wszystkie informacje, które zostaną przekazane "
        "na spotkaniach Gminnej Grupy Kooperacji, także wtedy, gdy nie będę już w niej działać."
    )

    def values(self) -> dict[str, Any]:
        return {}
