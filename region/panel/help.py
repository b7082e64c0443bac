"""Help today: the units in which something waits, the most urgent first."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.urls import reverse

from region.panel.board import Board, UnitFigures
from region.panel.known import Contact, Office, contacts_of, offices_of
from region.panel.rules import REASONS, Concern, Known, concerns

ROWS = 10
_URGENCY = {reason.code: place for place, reason in enumerate(REASONS)}


@dataclass(frozen=True, slots=True)
class ToHelp:
    """A unit, why it needs help, whom to call and what the region can do."""

    unit: UnitFigures
    concern: Concern
    others: tuple[Concern, ...]
    contact: Contact | None
    known: Known
    office: Office | None

    @property
    def href(self) -> str:
        return reverse("panel:tenant", args=[self.unit.code])

    @property
    def step(self) -> tuple[str, str]:
        """The words and the address of what the region can do."""
        step = step_for(self.unit.code, self.concern, self.known, self.contact)
        return step or ("Zobacz jednostkę", self.href)


@dataclass(frozen=True, slots=True)
class Help:
    """The rows that are shown, and how many there are."""

    rows: list[ToHelp]
    total: int
    is_every: bool  # all were asked for

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def step_for(
    code: str, concern: Concern, known: Known, contact: Contact | None
) -> tuple[str, str] | None:
    """The words and the address of what the region can do about one concern, if anything."""
    reason = concern.reason
    if reason.code.startswith("INVITATION") and known.invitation_id:
        address = reverse("panel:invitation_again", args=[code, known.invitation_id])
        return "Wyślij zaproszenie ponownie", address
    if reason.code == "NO_LEAD":
        return "Zaproponuj administratora", reverse("panel:tenant_invite", args=[code])
    if contact and reason.code != "SILENT":
        subject = quote(f"Partnerstwo: {reason.words}")
        return "Napisz do osoby z ośrodka", f"mailto:{contact.email}?subject={subject}"
    return None


def to_help(board: Board, today: date, *, every: bool = False) -> Help:
    """Two queries for any number of units."""
    found = [
        (unit, holding)
        for unit in board.units
        if unit.code in board.known and (holding := concerns(board.known[unit.code][1], today))
    ]
    found.sort(key=lambda pair: (_URGENCY[pair[1][0].reason.code], pair[1][0].since))
    shown = found if every else found[:ROWS]
    tenants = [board.known[unit.code][0] for unit, _ in shown]
    contacts, offices = contacts_of(tenants), offices_of(tenants)
    rows = []
    for unit, (first, *others) in shown:
        tenant, known = board.known[unit.code]
        said = (contacts.get(tenant), known, offices.get(tenant))
        rows.append(ToHelp(unit, first, tuple(others), *said))
    return Help(rows, len(found), every)
