"""Aneksy for tests, made by the actions that make them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM, Actor
from tenants.agreements.actions import (
    amended_clauses,
    amendment_force,
    amendment_sending,
    amendment_signing,
    comments,
)
from tenants.agreements.actions import amendments as acts
from tenants.agreements.models import (
    Agreement,
    AmendedClause,
    Amendment,
    AmendmentSide,
    ClauseComment,
    Party,
    Signature,
)
from tenants.agreements.standing import Standing
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import people as make_people

TODAY = timezone.localdate
BEFORE = 30  # days for which the agreement has been in force


def agreement(
    variant: str = "C", count: int = 3, since: date | None = None, unsigned: int = 0, **values: Any
) -> Agreement:
    """An agreement in force between so many parties; others never signed it."""
    draft = make.whole(variant, count + unsigned, **values)
    day = since or TODAY() - timedelta(days=BEFORE)
    parties = list(draft.parties.all())[:count]
    return make_force.between(draft, parties, day)


def of_organisations(count: int = 3, variant: str = "C") -> Agreement:
    """The same between institutions of the register, each with a head."""
    draft = make.draft(variant, **make.BLANKS)
    day = TODAY() - timedelta(days=BEFORE)
    parties = []
    for number in range(count):
        of = make_people.organisation(name=f"Instytucja nr {number + 1}")
        make_people.head(of, email=f"glowa{number + 1}@example.pl")
        parties.append(make.party(draft, of))
    return make_force.between(make.going_round(draft), parties, day)


def values(**fields: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "dated_on": TODAY(),
        "justification": "Zmieniło się miejsce spotkań.",
        "signers": "ALL",
        "sign_by": TODAY() + timedelta(days=20),
        "force": "LAST",
        "force_on": None,
    }
    return plain | fields


def begun(
    of: Agreement, who: Actor | None = None, named: Any = (), key: Any = None, **fields: Any
) -> Amendment:
    """An aneks that is signed as the agreement says, which is said here where it matters."""
    if signers := fields.get("signers"):
        Agreement.objects.filter(pk=of.pk).update(amended_by=signers)
    return acts.begin(
        by=who or make.by(),
        agreement_id=of.pk,
        key=key or uuid7(),
        values=values(**fields),
        named=named,
    )


def change(of: Amendment, kind: str, who: Actor | None = None, **said: Any) -> AmendedClause:
    return amended_clauses.add(
        by=who or make.by(), amendment_id=of.pk, key=uuid7(), kind=kind, values=said
    )


def reworded(of: Amendment, clause: str = "2.6", text: str = "Nowa treść.", **how: Any) -> Any:
    return change(of, "TEXT", clause=clause, text=text, **how)


def added(of: Amendment, place: str, text: str = "Dodana treść.", heading: str = "") -> Any:
    return change(of, "ADDED", place=place, text=text, heading=heading)


def removed(of: Amendment, clause: str) -> AmendedClause:
    return change(of, "REMOVED", clause=clause)


def moved(of: Amendment, place: str = "ratusz") -> AmendedClause:
    return change(of, "PLACE", place_policy="FIXED", meeting_place=place, text="")


def rhythm(of: Amendment, count: int = 2, period: str = "QUARTER") -> AmendedClause:
    return change(of, "RHYTHM", meetings_count=count, meetings_period=period, text="")


def for_units(of: Amendment, *codes: str, text: str = "") -> AmendedClause:
    """Other gminas, by their codes."""
    units = [{"code": code, "name": f"gmina wiejska Przykład {code}"} for code in codes]
    return change(of, "UNITS", units=units, text=text)


def shared(of: Amendment, who: Actor | None = None) -> Amendment:
    of.refresh_from_db()
    return acts.share(by=who or make.by(), amendment_id=of.pk, version=of.version)


def comment(
    of: Amendment, who: Actor | None = None, clause: str = "2.5", asked: str = "", key: Any = None
) -> ClauseComment:
    return comments.comment(
        by=who or make.by(),
        agreement_id=of.agreement_id,
        amendment_id=of.pk,
        key=key or uuid7(),
        clause=clause,
        asked=asked,
        text="Czy to wystarczy?",
    )


def sent(of: Amendment, who: Actor | None = None) -> Amendment:
    """An aneks that lies before its parties to be signed."""
    of.refresh_from_db()
    amendment_sending.send_to_sign(by=who or make.by(), amendment_id=of.pk, version=of.version)
    return Amendment.objects.select_related("agreement", "document__pdf").get(pk=of.pk)


def lying(of: Agreement | None = None, who: Actor | None = None, **fields: Any) -> Amendment:
    """The same with one change."""
    amendment = begun(of or agreement(), who, **fields)
    reworded(amendment, who=who)
    return sent(amendment, who)


def side(of: Amendment, number: int = 0) -> AmendmentSide:
    return of.sides.all()[number]


def entered(
    of: AmendmentSide,
    file: Any = None,
    who: Actor | None = None,
    basis_file: Any = None,
    key: UUID | None = None,
    document: UUID | None = None,
    **fields: Any,
) -> Signature:
    """The signature of a party under an aneks, on paper unless a mode is given."""
    return amendment_signing.sign(
        by=who or make.by(),
        side_id=of.pk,
        key=key or uuid7(),
        document=document or Amendment.objects.values_list("document", flat=True).get(sides=of),
        file=file or make_people.pdf(),
        basis_file=basis_file,
        values=make.signature_values(**fields),
    )


def all_signed(of: Amendment, who: Actor | None = None) -> Amendment:
    for one in of.sides.all():
        entered(one, who=who)
    return Amendment.objects.get(pk=of.pk)


def turned_down(of: AmendmentSide, who: Actor | None = None) -> AmendmentSide:
    of.refresh_from_db()
    return amendment_signing.refuse(
        by=who or make.by(), side_id=of.pk, version=of.version, reason="Rada się nie zgodziła"
    )


def at_night(days: int) -> None:
    """The nightly look at all that lie before their parties, so many days from today."""
    night = replace(SYSTEM, day=TODAY() + timedelta(days=days))
    for key in amendment_force.to_look():
        amendment_force.look_at(by=night, amendment_id=key)


def since(of: Amendment, day: date) -> Amendment:
    """An aneks in force from a day, as its row alone: nobody signed it and nobody is told."""
    paper = make.issued("AMENDMENT", of.pk)
    number = Amendment.objects.exclude(number=None).filter(agreement=of.agreement).count() + 1
    Amendment.objects.filter(pk=of.pk).update(
        state="IN_FORCE", in_force_from=day, sent_on=day, number=number, document=paper
    )
    return Amendment.objects.get(pk=of.pk)


def bound(of: Agreement) -> list[Party]:
    return Standing(of).bound(TODAY())


def seen(amendment: Amendment) -> tuple[str, Any]:
    amendment = Amendment.objects.get(pk=amendment.pk)
    return amendment.state, amendment.in_force_from


def states(amendment: Amendment) -> list[str]:
    return [one.state for one in amendment.sides.all()]
