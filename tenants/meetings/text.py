"""The text of minutes as the system writes it from what was entered at a meeting (REG §2.9)."""

from collections.abc import Iterator

from django.utils.text import capfirst

from kooperacja.ui.polish import stopped
from tenants.meetings.models.decisions import Decision, Voice, items_of
from tenants.meetings.models.meetings import AgendaItem
from tenants.meetings.models.minutes import Minutes

_STRUCK = "Głosy nieważne, bo po poprawieniu listy obecności instytucji nie było"


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
    """Its wording, the voices as the kind of the team tells them, and the result."""
    yield f"Treść decyzji: {stopped(decision.text)}"
    for label, is_struck in (("Głosy instytucji", False), (_STRUCK, True)):
        rows = [_said(voice) for voice in decision.listed if voice.is_struck == is_struck]
        if rows:
            yield f"{label}: {stopped('; '.join(rows))}"
    if decision.counts:
        yield f"Głosy: {decision.counts}."
    for reason in decision.objections:
        yield f"Powód sprzeciwu: {stopped(reason)}"
    if decision.common_position:
        yield f"Wspólne stanowisko mimo sprzeciwu: {stopped(decision.common_position)}"
    yield f"Sposób: {decision.way_said}. Wynik: {decision.get_result_display()}."
    if decision.is_overturned:
        before = decision.get_result_before_display()
        yield f"Wynik policzono jeszcze raz po poprawieniu listy obecności; wcześniej: {before}."


def _said(voice: Voice) -> str:
    reason = f" ({voice.reason})" if voice.reason else ""
    return f"{voice.institution} – {voice.get_choice_display()}{reason}"


def texts_of(minutes: Minutes) -> list[tuple[AgendaItem, str, int]]:
    """Each item with its text, edited or the system's own, and the version of the edited one."""
    edited = {text.item_id: text for text in minutes.texts.all()}
    return [
        (item, edited[item.pk].text, edited[item.pk].version + 1)
        if item.pk in edited
        else (item, written(item), 0)
        for item in items_of(minutes.meeting)
    ]
