"""The guard of a unit: what is public there, and what its office lets pass with a reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from kooperacja import offers
from kooperacja.guard.kinds import Finding, Kind, Strictness
from kooperacja.guard.known import Known
from kooperacja.guard.look import find


@dataclass(frozen=True, slots=True)
class Public(offers.Offer):
    """Gives what anybody may know of a unit; it reads the same rows whatever the text says.

    Never anything of a family: an answer would tell who is a client.
    """

    known: Callable[[], Known]


@dataclass(frozen=True, slots=True)
class OfficeRule(offers.Offer):
    """Gives how strict the unit's office is about each kind; exactly one app gives it."""

    strictness: Callable[[], Mapping[str, Strictness]]


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings in each text, by its name; it is shown to the author and kept nowhere."""

    findings: Mapping[str, list[Finding]] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()  # kinds

    @property
    def is_clean(self) -> bool:
        return not any(self.findings.values())

    @property
    def kinds(self) -> set[str]:
        return {one.kind for found in self.findings.values() for one in found}

    @property
    def is_blocked(self) -> bool:
        return bool(self.kinds & self.blocked)

    @property
    def is_partly_blocked(self) -> bool:
        """Something must go, and something else would pass with a reason."""
        return self.is_blocked and not self.kinds <= self.blocked


def check(texts: Mapping[str, str]) -> Checked:
    """Look for personal data in texts that are about to go to everybody.

    The statements are the same for every text, and no name is ever asked of the database.
    """
    known = Known()
    for offer in offers.of(Public):
        known = known.with_more(offer.known())
    rules = [offer.strictness() for offer in offers.of(OfficeRule)]
    strict = {kind for rule in rules for kind in rule if rule[kind] == Strictness.BLOCK}
    findings = {name: find(text, known) for name, text in texts.items()}
    return Checked(findings, frozenset(strict or (set() if rules else {Kind.PESEL})))


def name_of_file(name: str) -> str:
    """The name of a file as a text: Kowalska_Anna-wywiad.pdf."""
    return name.rpartition(".")[0].translate(str.maketrans("_-.", "   ")) or name


def address_of_page(address: str) -> str:
    """The address of a page as a text: what browsers write as %40 is an @ again."""
    return unquote(address)
