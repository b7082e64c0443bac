"""The text of minutes as the system writes it from what was entered at a meeting (REG §2.9)."""

from kooperacja.ui.polish import stopped
from tenants.meetings.models.meetings import AgendaItem
from tenants.meetings.models.minutes import Minutes


def written(item: AgendaItem) -> str:
    """One item: what it was about, who presented it, and how it ended."""
    lines = [item.text]
    if item.presenter:
        lines.append(f"Temat przedstawia: {stopped(item.presenter)}")
    if item.outcome:
        label = item.get_outcome_display()
        outcome = f"{label}: {item.outcome_text}" if item.outcome_text else label
        lines.append(f"Wynik – {stopped(outcome)}")
    return "\n\n".join(line for line in lines if line)


def texts_of(minutes: Minutes) -> list[tuple[AgendaItem, str, int]]:
    """Each item with its text, edited or the system's own, and the version of the edited one."""
    edited = {text.item_id: text for text in minutes.texts.all()}
    items = minutes.meeting.items.all()
    return [
        (item, edited[item.pk].text, edited[item.pk].version + 1)
        if item.pk in edited
        else (item, written(item), 0)
        for item in items
    ]
