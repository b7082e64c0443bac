"""The form in which two cards of one institution become one (REG §3.3)."""

from typing import Any
from uuid import UUID

from django import forms

from kooperacja.ui.fields import Line
from kooperacja.ui.forms import KeyedForm, VersionedForm, give
from kooperacja.ui.polish import pl_date, quoted
from tenants.baskets.models.merges import CardMerge
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.two_cards import ENDED, MOVED, SAME, Fate, TwoCards


class CardMergeForm(KeyedForm, VersionedForm):
    """Why the cards are of one institution, and what becomes of each service of the one that goes."""

    MODEL = CardMerge

    def __init__(self, *args: Any, two: TwoCards, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"version": two.version}})
        self.services: dict[str, UUID] = {}
        fates = [
            ("", "wybierz"),
            (MOVED, f"Przechodzi na kartę {quoted(two.stays.owner)}"),
            *((f"{SAME}:{one.pk}", f"To samo co {quoted(one.name)}") for one in two.known),
            (ENDED, "Kończy się: nikt jej już nie prowadzi"),
        ]
        for service, entry in two.to_settle:
            name = f"service_{service.pk.hex}"
            self.services[name] = service.pk
            self.fields[name] = forms.ChoiceField(
                label=entry.name, help_text=_about(service, entry)
            )
            give(self, name, fates)
        self.fields["reason"] = Line(
            label="Powód połączenia",
            max_length=300,
            initial="Jedna instytucja ma jedną kartę usług.",
            help_text="Zostanie przy karcie i w dzienniku. Bez nazwisk.",
        )

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        fates = {}
        for name, pk in self.services.items():
            code, _, same_as = said[name].partition(":")
            fates[pk] = Fate(code, UUID(same_as) if same_as else None)
        return {name: said[name] for name in ("key", "version", "reason")} | {"fates": fates}


def _about(service: Service, entry: ServiceEntry) -> str:
    """psycholog; potwierdzona 12 maja 2026 r.; prowadzona w katalogu województwa"""
    kind = entry.type.name if entry.type else entry.type_code
    known = [
        kind,
        f"potwierdzona {pl_date(service.confirmed_on)}" if service.confirmed_on else "",
        "prowadzona w katalogu województwa" if service.followed else "",
        entry.phone,
    ]
    return "; ".join(filter(None, known))
