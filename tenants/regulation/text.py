"""The regulation as it is read: its clauses with the blanks filled in (REG title to §10)."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kooperacja.ui.parts import Check
from kooperacja.ui.polish import counted, quoted
from tenants.exchange.clauses import BLANKS, DATA_RULES, Clause
from tenants.partnership.models import Partnership
from tenants.regulation.models import RegulationVersion
from tenants.regulation.parameters import (
    GuestConsent,
    MinutesApproval,
    PlacePolicy,
    ResignationEffect,
    VoicesBase,
)
from tenants.regulation.rules import CHECKLIST

_BLANK = re.compile(r"\[\[(\w+)\]\]")
_EMPTY = "…………"
_PERIODS = {
    "MONTH": ("raz w miesiącu", "razy w miesiącu"),
    "QUARTER": ("raz na kwartał", "razy na kwartał"),
    "HALF_YEAR": ("raz na pół roku", "razy na pół roku"),
    "YEAR": ("raz w roku", "razy w roku"),
}


def blanks(version: RegulationVersion) -> dict[str, str]:
    """The words for each blank of the text."""
    rotating = version.place_policy == PlacePolicy.ROTATING
    return {
        "area": version.area,
        "lead_name": version.lead_name,
        "frequency": frequency(version.meetings_count, version.meetings_period),
        "meeting_place": ("kolejno siedziba każdego z Partnerów" if rotating else version.place),
        "risk_notice": version.get_risk_notice_display(),
    }


def former_names(version: RegulationVersion) -> list[str]:
    """Sentences on what the office is called otherwise now than an adopted version says (REG §9)."""
    office = Partnership.objects.get()
    rows = (
        ("podaje nazwę", "nazwa", version.lead_name, office.official_name),
        ("podaje obszar", "nazwa obszaru", version.area, office.where),
    )
    return [
        f"Obowiązująca wersja regulaminu {gives} {quoted(said)}; nowa {noun} wejdzie ze zmianą "
        "regulaminu (§ 9 regulaminu)."
        for gives, noun, said, now in rows
        if said != now
    ]


def frequency(count: int, period: str) -> str:
    """2, QUARTER → "2 razy na kwartał"."""
    once, times = _PERIODS[period]
    return once if count == 1 else f"{count} {times}"


def filled(version: RegulationVersion) -> Iterator[Clause]:
    """The clauses with their blanks filled; an empty one shows as dots."""
    values = blanks(version)
    for row in version.clauses:
        text = _BLANK.sub(lambda blank: values.get(blank[1], "") or _EMPTY, row["text"])
        yield Clause(row["ref"], text)


def parts(version: RegulationVersion) -> dict[str, str]:
    """The paragraphs and annexes by which the text is edited: "3" → "§ 3. Tworzenie …"."""
    clauses = (Clause(row["ref"], row["text"]) for row in version.clauses)
    return {
        clause.part: clause.name.capitalize() if clause.is_annex else clause.heading
        for clause in clauses
        if clause.depth == 0 or clause.is_annex
    }


def points(version: RegulationVersion) -> dict[str, str]:
    """The six points of the footnote: label → text."""
    return {_label(version, name): getattr(version, name) for name in CHECKLIST}


def blanks_of(text: str) -> list[str]:
    """Names of the blanks in a text, each as often as it stands there."""
    return sorted(_BLANK.findall(text))


def to_edit(text: str) -> str:
    """The text of a clause with its blanks named in Polish."""
    return _BLANK.sub(lambda blank: f"[[{BLANKS.get(blank[1], blank[1])}]]", text)


def from_edit(text: str) -> str:
    """The text as it is kept; a blank nobody knows stays as it was written."""
    for name, polish in BLANKS.items():
        text = text.replace(f"[[{polish}]]", f"[[{name}]]")
    return text.replace("\r\n", "\n").strip()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A setting of the regulation as it is read, with its clause."""

    label: str
    text: str
    clause: str


def parameters(version: RegulationVersion) -> list[Parameter]:
    """The settings of the version where the framework regulation leaves a choice."""
    rows = [
        ("Spotkania", f"co najmniej {_meetings(version)}", "§ 2 ust. 3"),
        ("Miejsce spotkań", blanks(version)["meeting_place"] or _EMPTY, "§ 2 ust. 4"),
        ("Sesja e-mailowa", _email(version), "§ 2 ust. 2 i 3"),
        (
            "Goście i konsultanci",
            guest_rule(version.guest_consent, version.guest_days),
            "§ 2 ust. 8",
        ),
        *_beside_the_model(version),
        ("Decyzja o deklaracji", f"w ciągu {_days(version.decision_days)} od wpływu", "§ 1 ust. 5"),
        ("Skutek rezygnacji", _resignation(version), "§ 1 ust. 6"),
        ("Większość potrzebna do rozwiązania", version.get_majority_base_display(), "§ 1 ust. 7"),
        ("Informowanie o ryzykach", version.get_risk_notice_display(), "§ 7 ust. 2"),
    ]
    return [Parameter(label, text, f"{clause} regulaminu") for label, text, clause in rows]


def _beside_the_model(version: RegulationVersion) -> Iterator[tuple[str, str, str]]:
    """Settings for which the framework has no words; only one that is not the usual is written."""
    if version.minutes_approval != MinutesApproval.CHAIR:
        who = version.get_minutes_approval_display()
        yield "Zatwierdzanie protokołów i ich sprostowań", who, "§ 2 ust. 9"
    if version.voices_base != VoicesBase.PRESENT:
        yield "Podstawa liczenia głosów", version.get_voices_base_display(), "§ 2 ust. 7"


def _meetings(version: RegulationVersion) -> str:
    return frequency(version.meetings_count, version.meetings_period)


def _days(n: int) -> str:
    return counted(n, "dnia", "dni", "dni")


def _email(version: RegulationVersion) -> str:
    return (
        "liczy się jako spotkanie" if version.email_is_meeting else "nie liczy się jako spotkanie"
    )


def guest_rule(consent: str, days: int) -> str:
    """When guests and consultants may attend a meeting, in words (REG §2.8)."""
    if consent == GuestConsent.NO_OBJECTION:
        within = counted(days, "dnia roboczego", "dni roboczych", "dni roboczych")
        return f"gdy nikt się nie sprzeciwi w ciągu {within}"
    return str(GuestConsent(consent).label)


def _resignation(version: RegulationVersion) -> str:
    if version.resignation_effect == ResignationEffect.DAYS_AFTER:
        return f"po upływie {_days(version.resignation_days)} od wpływu do Lidera"
    return version.get_resignation_effect_display()


def checklist(version: RegulationVersion) -> list[Check]:
    """Everything that must be filled before a version may be adopted; met or not."""
    needed = ["area", "lead_name"]
    if version.place_policy == PlacePolicy.FIXED:
        needed.append("place")
    rows = [(name, "tytuł i postanowienia regulaminu") for name in needed]
    rows += [(name, "przypis do tytułu regulaminu") for name in CHECKLIST]
    return [
        Check(_label(version, name), clause, bool(getattr(version, name).strip()))
        for name, clause in rows
    ]


def lacks(version: RegulationVersion) -> list[str]:
    """Labels of the fields that are still to be filled (REG fn.1 and the blanks)."""
    return [check.text for check in checklist(version) if not check.is_met]


def _label(version: RegulationVersion, name: str) -> str:
    return str(version._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def changed_clauses(
    before: Iterable[dict[str, str]], after: Iterable[dict[str, str]]
) -> dict[str, list[str]]:
    """Name of each clause that differs → its text before and after."""
    old, new = ({row["ref"]: row["text"] for row in rows} for rows in (before, after))
    return {
        Clause(ref, "").name: [old.get(ref, ""), new.get(ref, "")]
        for ref in {**old, **new}
        if old.get(ref) != new.get(ref)
    }


def annex_text(regulation: RegulationVersion | None) -> str:
    """Annex 3 as a version of the regulation has it; empty when it has none."""
    if regulation is None:
        return ""
    return next((clause.text for clause in filled(regulation) if clause.ref == DATA_RULES), "")


def annex_digest(regulation: RegulationVersion | None) -> str:
    """The hash of annex 3; people read it again when this changes."""
    text = annex_text(regulation)
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
