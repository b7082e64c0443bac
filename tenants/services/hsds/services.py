"""A service as HSDS tells of it: in short, or with all its parts (REG §3.2)."""

from datetime import date, datetime
from uuid import UUID

from kooperacja.ui.polish import pl_date
from tenants.services.hsds.details import details
from tenants.services.hsds.frame import Entry, Frame
from tenants.services.hsds.organisations import organisation
from tenants.services.hsds.parts import EXTRA, Json, given, mail_address, moment, web_address
from tenants.services.listed import ListedFacts
from tenants.services.terms import Cost, Group, labels

GONE = "Usługa wycofana z katalogu"


def service(entry: Entry, frame: Frame, *, is_full: bool) -> Json:
    """A service with its institution; all its parts where they are wanted."""
    facts = entry.facts
    return given(
        id=str(entry.id),
        organization_id=str(entry.organisation_id),
        name=facts.name,
        description=facts.about,
        url=web_address(facts.website),
        email=mail_address(facts.email),
        status=_status(facts, frame),
        application_process=_way_in(facts),
        fees_description=_cost(facts),
        eligibility_description=_for_whom(facts),
        minimum_age=facts.age_from,
        maximum_age=facts.age_until,
        assured_date=_day(facts.confirmed_on),
        alert=_alert(facts, frame),
        last_modified=moment(entry.changed_at),
        organization=organisation(entry),
        **(details(entry, frame) if is_full else {}),
        **_extras(facts, frame),
    )


def minimal(entry: Entry, frame: Frame) -> Json:
    """As little as tells a harvester what to ask for again."""
    return {
        "id": str(entry.id),
        "name": entry.facts.name,
        "status": _status(entry.facts, frame),
        "last_modified": moment(entry.changed_at),
    }


def tombstone(pk: UUID, withdrawn_at: datetime) -> Json:
    """The mark of a service that is told of no longer: not even its name."""
    return {
        "id": str(pk),
        "name": GONE,
        "status": "defunct",
        "last_modified": moment(withdrawn_at),
    }


def _status(facts: ListedFacts, frame: Frame) -> str:
    if facts.valid_from and frame.day < facts.valid_from:
        return "inactive"
    return "temporarily closed" if frame.is_stopped(facts) else "active"


def _alert(facts: ListedFacts, frame: Frame) -> str:
    """Its break, while it lasts or is still to come, and that its owner could not be reached."""
    begins, ends = facts.stopped_from, facts.stopped_until
    said = []
    if begins is not None and (ends is None or frame.day <= ends):
        until = f" do {pl_date(ends)}" if ends else ""
        why = f": {facts.stopped_why}" if facts.stopped_why else ""
        said.append(f"Czasowo nieczynna od {pl_date(begins)}{until}{why}")
    if facts.is_silent:
        said.append("Brak kontaktu z instytucją: sprawdź, zanim kogoś tam wyślesz.")
    return "\n".join(said)


def _way_in(facts: ListedFacts) -> str:
    lines = [
        facts.access,
        f"Kto kieruje: {facts.referral}" if facts.referral else "",
        "Potrzebna jest decyzja administracyjna." if facts.needs_decision else "",
    ]
    return "\n".join(filter(None, lines))


def _for_whom(facts: ListedFacts) -> str:
    lines = [", ".join(labels(Group, facts.groups)), facts.conditions]
    return "\n".join(filter(None, lines))


def _cost(facts: ListedFacts) -> str:
    label = str(Cost(facts.cost).label) if facts.cost else ""
    return ": ".join(filter(None, (label, facts.cost_about)))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _extras(facts: ListedFacts, frame: Frame) -> Json:
    """Our properties, for which HSDS has no word."""
    extras = given(
        needs_decision=facts.needs_decision,
        referral=facts.referral,
        legal_basis=facts.legal_basis,
        easy_to_read=facts.easy_to_read,
        in_ukrainian=facts.in_ukrainian,
        waiting_days=facts.waiting_days if frame.is_counted(facts) else None,
        valid_from=_day(facts.valid_from),
        valid_until=_day(facts.valid_until),
        reviewed_on=_day(facts.reviewed_on),
        is_protected=facts.is_protected,
        is_silent=facts.is_silent,
    )
    return {f"{EXTRA}{name}": value for name, value in extras.items()}
