"""The text of minutes as the system writes it from what was entered at a meeting (REG §2.9)."""

from collections.abc import Iterator

from django.utils.text import capfirst

from kooperacja.ui.polish import stopped
from tenants.meetings.models.decisions import Decision, items_of
from tenants.meetings.models.meetings import AgendaItem
from tenants.meetings.models.minutes import Minutes


def written(item: AgendaItem) -> str:
    """One item: what it was about, who presented it, what was decided and how it ended."""
    lines = [item.text]
    if item.presenter:
        lines.append(f"Temat przedstawia: {stopped(item.presenter)}")
    for one in item.exclusions.all():
        who = f"{one.attendance.who}, {one.attendance.institution}"
        lines.append(f"Z tego punktu wyłączono: {who}. Powód: {stopped(one.reason)}")
    decision = getattr(item, "decision", None)
    if decision:
        lines += _decided(decision)
    if item.outcome and (decision is None or item.outcome_text != decision.text):
        label = capfirst(item.get_outcome_display())
        lines.append(stopped(f"{label}: {item.outcome_text}" if item.outcome_text else label))
    return "\n\n".join(line for line in lines if line)


def _decided(decision: Decision) -> Iterator[str]:
    """Its wording, the voice of each institution, and the result."""
    yield f"Treść decyzji: {stopped(decision.text)}"
    voices = [
        f"{voice.institution} – {voice.get_choice_display()}"
        + (f" ({voice.reason})" if voice.reason else "")
        for voice in decision.voices.all()
    ]
    if voices:
        yield f"Głosy instytucji: {stopped('; '.join(voices))}"
    yield f"Sposób: {decision.get_way_display()}. Wynik: {decision.get_result_display()}."


def texts_of(minutes: Minutes) -> list[tuple[AgendaItem, str, int]]:
    """Each item with its text, edited or the system's own, and the version of the edited one."""
    edited = {text.item_id: text for text in minutes.texts.all()}
    return [
        (item, edited[item.pk].text, edited[item.pk].version + 1)
        if item.pk in edited
        else (item, written(item), 0)
        for item in items_of(minutes.meeting)
    ]
