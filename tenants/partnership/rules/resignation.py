"""When a resignation takes effect and which dates it may bear (REG §1.6)."""

from datetime import date, timedelta

from kooperacja.ui.polish import counted, pl_date

RECEIVED, DAYS_AFTER, END_OF_MONTH = "RECEIVED", "DAYS_AFTER", "END_OF_MONTH"


def effective_on(received_on: date, effect: str, days: int = 0) -> date:
    """The first day on which the institution is no longer a member."""
    if effect == DAYS_AFTER:
        return received_on + timedelta(days=days)
    if effect == END_OF_MONTH:
        return (received_on.replace(day=1) + timedelta(days=32)).replace(day=1)
    return received_on


def effect_said(effect: str, days: int = 0) -> str:
    """The rule in words, as the page of the resignation tells it."""
    if effect == DAYS_AFTER:
        return f"po upływie {counted(days, 'dnia', 'dni', 'dni')} od wpływu do Lidera"
    if effect == END_OF_MONTH:
        return "z końcem miesiąca, w którym wpłynęła do Lidera"
    return "w dniu wpływu do Lidera"


def resignation_dates_error(
    signed_on: date | None, received_on: date | None, joined_on: date, today: date
) -> tuple[str, str] | None:
    """The first field whose date can't be and why; joined ≤ received, signed ≤ received ≤ today."""
    if signed_on and signed_on > today:
        return "signed_on", "Data podpisania nie może być z przyszłości."
    if received_on and received_on > today:
        return "received_on", "Data wpływu nie może być z przyszłości."
    if signed_on and received_on and received_on < signed_on:
        return "received_on", (
            f"Rezygnacja nie mogła wpłynąć przed podpisaniem ({pl_date(signed_on)})."
        )
    if received_on and received_on < joined_on:
        return "received_on", (
            f"Rezygnacja nie mogła wpłynąć przed przystąpieniem ({pl_date(joined_on)})."
        )
    return None
