"""From which day and until which day something may hold, as an official enters it."""

from datetime import date

from kooperacja.ui.polish import pl_date


def start_error(from_on: date, today: date, not_before: date | None = None) -> str:
    """Why this day can't be the first one; empty when it can."""
    if from_on > today:
        return "Ten dzień jeszcze nie nadszedł. Wpisz dzisiejszą datę albo wcześniejszą."
    if not_before is not None and from_on < not_before:
        return f"Ten dzień nie może być wcześniejszy niż {pl_date(not_before)}."
    return ""


def end_error(ended_on: date, from_on: date, today: date) -> str:
    """Why this day can't be the one on which it ended; empty when it can."""
    if ended_on > today:
        return "Ten dzień jeszcze nie nadszedł. Wpisz dzisiejszą datę albo wcześniejszą."
    if ended_on < from_on:
        return f"Koniec nie może być przed początkiem ({pl_date(from_on)})."
    return ""
