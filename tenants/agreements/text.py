"""An agreement as it is read: its clauses with the blanks filled, and what it still lacks (POR)."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from kooperacja.tenancy.facts import fact
from kooperacja.ui.parts import Check
from kooperacja.ui.polish import pl_date
from tenants.agreements import rules
from tenants.agreements.blanks import BLANKS
from tenants.agreements.clauses import Variant
from tenants.agreements.models import Agreement, ContactPerson, Party
from tenants.agreements.models.amendments import Lies
from tenants.agreements.numbering import (
    DUTY,
    EMPTY,
    Filling,
    Line,
    blanks_of,
    numbered,
)
from tenants.partnership.rules import said_where
from tenants.regulation.text import frequency

OUTSIDE = -1  # the depth of what stands outside the paragraphs
LISTED = "Wykaz osób, "  # before a party, the name of its line in the annex
# Said by other blanks, or by the parties.
_DERIVED = {"residents", "frequency", "contacts", "duties"}


@dataclass(frozen=True)
class Reading(ABC):
    """The whole text of an agreement, from its title to its annex."""

    agreement: Agreement

    @property
    @abstractmethod
    def lines(self) -> list[Line]:
        """Every clause, those outside the paragraphs with depth -1."""

    @abstractmethod
    def party_lines(self) -> list[Line]:
        """The parties as the preamble lists them."""

    @abstractmethod
    def listed(self) -> list[tuple[str, str]]:
        """The annex of C: a party and whom it names; dots where that is nobody yet."""

    @abstractmethod
    def everything(self) -> list[Line]:
        """All that is read, from the title to the annex, as a version keeps it."""

    def outside(self, ref: str) -> str:
        """The text of a clause outside the paragraphs; empty where the variant has none."""
        return next((one.text for one in self.lines if one.key == ref), "")

    @property
    def paragraphs(self) -> list[Line]:
        return [one for one in self.lines if one.depth != OUTSIDE]

    @property
    def closing(self) -> list[str]:
        """The sentences of A and B below the last paragraph; the annex of C is its own heading."""
        refs = ("support",) if self.has_list else ("support", "annex")
        return [text for text in map(self.outside, refs) if text]

    @property
    def has_list(self) -> bool:
        """The people are listed in an annex, and no Karta pracy z rodziną is (POR annex)."""
        return self.agreement.variant == Variant.C


@fact
def parties_of(agreement: Agreement) -> tuple[Party, ...]:
    """The parties in their order; a page that reads asks for them once."""
    return tuple(agreement.parties.with_names().select_related("organisation"))


@dataclass(frozen=True)
class Text(Reading):
    """The text as its rows make it now; they are asked for once."""

    @cached_property
    def parties(self) -> list[Party]:
        return [*parties_of(self.agreement)]

    @cached_property
    def contacts(self) -> dict[Party, list[ContactPerson]]:
        """The people named by each party today."""
        today = timezone.localdate()
        found: dict[Party, list[ContactPerson]] = {party: [] for party in self.parties}
        known = {party.pk: party for party in self.parties}
        for one in ContactPerson.objects.on(today).filter(party__agreement=self.agreement):
            one.party = known[one.party_id]
            found[one.party].append(one)
        return found

    @cached_property
    def lines(self) -> list[Line]:
        filling = Filling(
            values_of(self.agreement),
            [(f"contact:{one.pk}", self._contacts_said(one)) for one in self.parties],
            self.agreement.is_rotating,
        )
        added = [one.added for one in self.agreement.additions.select_related("party")]
        return numbered(self.agreement.variant, added, filling)

    def party_lines(self) -> list[Line]:
        last = len(self.parties)
        return [
            Line(
                f"party:{one.pk}",
                f"{party_said(one)}{'.' if number == last else ';'}",
                2,
                f"{number})",
                one.label,
            )
            for number, one in enumerate(self.parties, 1)
        ]

    def listed(self) -> list[tuple[str, str]]:
        return [
            (party.name, said)
            for party, people in self.contacts.items()
            for said in [one.said for one in people] or [EMPTY]
        ]

    def everything(self) -> list[Line]:
        outside = {one.key: one for one in self.lines if one.depth == OUTSIDE}
        head = [outside["title"], outside["preamble"], *self.party_lines()]
        tail = [outside[ref] for ref in ("support", "annex") if ref in outside]
        listed = self._listed_people() if self.has_list else ()
        return [*head, *self.paragraphs, *tail, *listed]

    def _listed_people(self) -> Iterator[Line]:
        for party, people in self.contacts.items():
            said = "; ".join(one.said for one in people) or EMPTY
            yield Line(f"contact:{party.pk}", said, OUTSIDE, name=f"{LISTED}{party.label}")

    def _contacts_said(self, party: Party) -> str:
        people = " oraz ".join(one.said for one in self.contacts[party])
        return f"ze strony Partnera nr {party.position}: {people or EMPTY}"


# The day of an agreement that names none: a final text leaves no blank.
WITH_THE_LAST = "złożenia ostatniego podpisu"


def values_of(agreement: Agreement) -> dict[str, str]:
    """The words for each blank of the text."""
    names = agreement.unit_names
    return {
        "place": said_where(agreement.place) or f"w {EMPTY}",
        "concluded_on": pl_date(agreement.concluded_on) or WITH_THE_LAST,
        **units_said(names),
        "county": rules.of_county(agreement.county),
        "voivodeship": rules.of_voivodeship(agreement.voivodeship),
        "rops": agreement.rops,
        "frequency": frequency(agreement.meetings_count, agreement.meetings_period),
        "meeting_place": agreement.meeting_place,
        "regional_support": agreement.regional_support,
        "informer": agreement.informer,
    }


def units_said(names: Sequence[str]) -> dict[str, str]:
    """The gminas and their residents, each in its case."""
    if not names:
        return {"units": "", "residents": ""}
    return {"units": rules.of_units(names), "residents": rules.residents_of(names)}


def party_said(party: Party) -> str:
    """A party as the preamble names it; what is not known yet shows as dots."""
    body = f"jednostka bez osobowości prawnej, za którą podpisuje {party.signing_body}"
    who = f"{party.represented_by or EMPTY}, {party.function or EMPTY}"
    parts = (
        party.name,
        f"z siedzibą {party.seat or f'w {EMPTY}'}",
        body if party.signing_body else "",
        f"osoba reprezentująca: {who}",
        f"dalej: {party.label}",
    )
    return ", ".join(filter(None, parts))


def is_empty(agreement: Agreement, name: str) -> bool:
    """A blank has no words yet; a place that rotates needs none."""
    if name == "meeting_place" and agreement.is_rotating:
        return False
    return not (agreement.units if name == "units" else getattr(agreement, name))


def checklist(text: Text) -> list[Check]:
    """Everything that a final text must say, with the clause where it stands."""
    agreement = text.agreement
    names = {line.key: line.name for line in text.lines}
    blanks = [
        Check(BLANKS[name].label, _clause(names.get(ref, ""), ref), not is_empty(agreement, name))
        for name, ref in blanks_of(agreement.variant).items()
        if BLANKS[name].is_required and name not in _DERIVED
    ]
    enough = len(text.parties) >= rules.LEAST_PARTIES
    parties = [Check("co najmniej dwie Strony", _PREAMBLE, enough)]
    parties += [_party_check(text, party) for party in text.parties]
    return [*blanks, *parties, _force_check(text)]


_PREAMBLE = "preambuła porozumienia"
_OUTSIDE = {"preamble": _PREAMBLE, "support": "zdanie pod ostatnim paragrafem porozumienia"}


def _clause(name: str, ref: str) -> str:
    return f"{name} porozumienia" if name else _OUTSIDE[ref]


def _party_check(text: Text, party: Party) -> Check:
    wanted = {
        "siedziba": party.seat,
        "osoba reprezentująca": party.represented_by,
        "funkcja osoby reprezentującej": party.function,
        "osoba wyznaczona do współpracy": text.contacts[party],
    }
    missing = [label for label, value in wanted.items() if not value]
    said = f"{party.label}: {', '.join(missing) or 'komplet danych'}"
    return Check(said, _PREAMBLE, not missing)


def _force_check(text: Text) -> Check:
    one = text.agreement
    lack = rules.lack_of_force(one.force, one.sign_by, one.force_on, one.enough, len(text.parties))
    return Check(lack or "sposób wejścia w życie", "ustalenie Stron", not lack)


def force_said(lies: Lies) -> str:
    """The way in which an agreement or an aneks comes into force, in words."""
    enough = lies.enough if isinstance(lies, Agreement) else None
    return rules.force_said(lies.force, pl_date(lies.sign_by), pl_date(lies.force_on), enough)


def place_said(text: Text, place: str) -> str:
    """A place for what is added, in words: dodatkowy obowiązek w § 2 ust. 3."""
    kind, _, ref = place.partition(":")
    if not ref:
        return "nowy paragraf na końcu"
    line = next(line for line in text.lines if line.key == ref)
    if kind == DUTY:
        return f"dodatkowy obowiązek w {line.name}"
    return f"własny ustęp po {line.name} ({_beginning(line.text)})"


def _beginning(text: str) -> str:
    return f"{' '.join(text.split()[:5]).rstrip(',.;')}…"
