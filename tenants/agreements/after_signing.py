"""The message after a signature: the change that it made, and the next step (POR signatures)."""

from datetime import date

from kooperacja.ui.polish import pl_date
from tenants.agreements.coming import comes_on
from tenants.agreements.models import Agreement, Amendment, Signature
from tenants.agreements.standing import Standing, waits_for_publication, way_said
from tenants.agreements.workflow import AmendmentState, PartyState

_TOLD = "Strony dostaną o tym wiadomość."
_ALL = "Podpisały wszystkie Strony."


def said_after(signature: Signature, today: date) -> str:
    """The message about a signature that was just entered."""
    lies = signature.lies
    if isinstance(lies, Amendment):
        return f"Zapisano podpis. {_of_amendment(lies, today)}"
    return f"Zapisano podpis. {_of_agreement(lies, signature)}"


def _of_agreement(agreement: Agreement, signature: Signature) -> str:
    if since := agreement.in_force_from:
        return _in_force(since, signature)
    standing = Standing(agreement)
    if len(standing.signed) < len(standing.asked):
        count = f"Podpisy: {len(standing.signed)} z {len(standing.asked)}."
        if not standing.waiting:
            return f"{count} {way_said(agreement)}"
        return f"{count} {_others_sign(standing.way.last_day)}"
    if waits_for_publication(agreement):
        return f"{_ALL} Porozumienie wejdzie w życie w dniu ogłoszenia, gdy ośrodek go wpisze."
    return f"{_ALL} Porozumienie wejdzie w życie {pl_date(standing.coming)}"


def _in_force(since: date, signature: Signature) -> str:
    if signature.signed_on > since:  # it was in force between the others
        binds = f"Porozumienie obowiązuje tę Stronę od {pl_date(signature.signed_on)}"
        return f"{binds} {_TOLD} Teraz upublicznijcie informację o przystąpieniu."
    now = f"Porozumienie obowiązuje od {pl_date(since)}"
    return f"{now} {_TOLD} Teraz każda z nich upublicznia informację o przystąpieniu."


def _others_sign(last: date | None) -> str:
    until = f" do {pl_date(last)}" if last else "."
    return f"Teraz podpisują pozostałe Strony{until}"


def _of_amendment(amendment: Amendment, today: date) -> str:
    if amendment.state == AmendmentState.IN_FORCE:
        since = pl_date(amendment.in_force_from)
        return f"Aneks obowiązuje od {since} {_TOLD}"
    sides = [one for one in amendment.sides.select_related("party") if one.party.has_part(today)]
    if coming := comes_on(amendment, sides):
        return f"{_ALL} Aneks wejdzie w życie {pl_date(coming)}"
    signed = sum(one.state == PartyState.SIGNED for one in sides)
    count = f"Podpisy: {signed} z {len(sides)}."
    if all(one.state != PartyState.WAITING for one in sides):
        return f"{count} Aneks nie wejdzie w życie, dopóki odmowa podpisu nie zostanie cofnięta."
    return f"{count} {_others_sign(amendment.sign_by)}"
