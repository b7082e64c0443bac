"""Rules of the regulation's adoption and change (REG §9)."""

from datetime import date

from kooperacja.ui.polish import pl_date


def adoption_dates_error(
    adopted_on: date | None, in_force_from: date | None, today: date
) -> tuple[str, str] | None:
    """The first field whose date can't be and why; adopted ≤ today, adopted ≤ in force."""
    if adopted_on and adopted_on > today:
        return "adopted_on", "Data przyjęcia nie może być z przyszłości."
    if adopted_on and in_force_from and in_force_from < adopted_on:
        return "in_force_from", (
            f"Regulamin nie może obowiązywać przed przyjęciem ({pl_date(adopted_on)})."
        )
    return None
