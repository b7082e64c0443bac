"""Forms of confirming services, wherever they are kept (REG §3.5.a)."""

from typing import Any

from django import forms

from kooperacja.ui.forms import SeenForm, give
from tenants.services.confirming import CYCLES, OF_OTHERS, How


def simply_knows() -> forms.ChoiceField:
    """Hidden: an institution that says so is asked for no choice of one."""
    return forms.ChoiceField(
        choices=[(How.OWNER, How.OWNER.label)], widget=forms.HiddenInput, initial=How.OWNER
    )


class HowForm(forms.Form):
    """How somebody made sure that all of it is true; the institution itself simply knows."""

    how = forms.ChoiceField(label="Skąd to wiadomo", widget=forms.RadioSelect)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            self.fields["how"] = simply_knows()
        else:
            give(self, "how", OF_OTHERS)


class CycleForm(SeenForm):
    """Asks how often a service is to be confirmed."""

    cycle = forms.TypedChoiceField(
        label="Jak często potwierdzać", choices=CYCLES, coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial={"cycle": row.cycle}, **kwargs)

    def saved_now(self, current: Any) -> dict[str, Any]:
        return {"cycle": current.cycle}


class ReachedForm(forms.Form):
    """How somebody heard from the owner of a card, or tried to."""

    how = forms.ChoiceField(label="Jak", widget=forms.RadioSelect, choices=OF_OTHERS)
