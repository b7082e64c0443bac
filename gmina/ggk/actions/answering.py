"""The institution's answer comes from the county's unit: whom it named enters the register here."""

from datetime import date
from typing import Any

from django.db import transaction

from gmina.ggk.actions import telling
from gmina.ggk.actions.ending import locked
from gmina.ggk.models import LONGEST_REASON, DelegationRequest
from gmina.ggk.said import office
from gmina.ggk.workflow import TOO_LATE, DelegationState
from kooperacja.audit.actor import Actor, named
from kooperacja.audit.record import record
from kooperacja.ui.polish import fold
from kooperacja.workflow import move
from kooperacja.writes import found_or_new
from tenants.exchange.actions import PUBLIC, find_institution
from tenants.exchange.delegations import Answer, Became
from tenants.exchange.letters import LetterRef
from tenants.people.actions.invitations import invite_to_role, publish_figures
from tenants.people.actions.persons import find_or_add_person, is_taken
from tenants.people.merged import staying_for
from tenants.people.models import Organisation, Person, Sector
from tenants.registry.roles import Role


@transaction.atomic
def read_answer(letter: LetterRef) -> None:
    """Take in an answer once; one that comes too late is refused, and the county's unit is told."""
    given = letter.payload
    row = locked(given["request_id"], group__county_id=letter.source.id)
    if row is None:
        return
    if row.state in TOO_LATE:
        telling.post_state(row, Became.TOO_LATE, letter.by.today)
    if not row.is_asked:
        return
    if given["answer"] == Answer.NAMED:
        _named(letter.by, row, given)
    else:
        values: dict[str, Any] = {"answered_on": letter.by.today, "reason": _reason(given)}
        move(row, Answer(given["answer"]).value, by=letter.by, on=letter.by.today, **values)
    telling.tell_office(letter.by, row)
    publish_figures(DelegationRequest, cause=letter.id)


@transaction.atomic
def read_returned(letter: LetterRef) -> None:
    """The county's unit is closed: nobody will answer."""
    row = locked(letter.payload["request_id"], group__county_id=letter.addressee.id)
    if row is not None and row.is_asked:
        move(row, DelegationState.UNDELIVERED, by=letter.by, on=letter.by.today)
        telling.tell_office(letter.by, row)
        publish_figures(DelegationRequest, cause=letter.id)


def _reason(given: Any) -> str:
    return str(given.get("reason") or "")[:LONGEST_REASON]


def _named(by: Actor, row: DelegationRequest, given: Any) -> None:
    values: dict[str, Any] = {
        "answered_on": by.today,
        "full_name": str(given["full_name"])[:200],
        "email": str(given.get("email") or "").lower(),
        "named_function": str(given.get("function") or "")[:120],
        "serves_from": _day(given.get("from_on")),
        "until": _day(given.get("until")),
    }
    if row.ends_on is not None and row.ends_on <= by.today:
        # It was recalled before we heard of it: nobody enters the register for that.
        move(row, DelegationState.ENDED, by=by, on=by.today, **{**values, "email": ""})
        telling.post_state(row, Became.ENDED, by.today)
        return
    organisation = institution_of(by, row)
    person = _person(by, organisation, values)
    values |= {"person": person, "organisation": organisation}
    move(row, DelegationState.NAMED, by=by, on=by.today, **values)
    invite_to_role(
        by=named(office()),
        person=person,
        role=Role.DELEGATE,
        organisation=organisation,
        from_on=by.today,
        basis=f"delegacja do GGK: {row.what_they_do}, {row.party_name}"[:300],
    )
    telling.tell_delegate(row)


def _day(said: Any) -> date | None:
    return date.fromisoformat(str(said)) if said else None


def _person(by: Actor, organisation: Organisation, values: dict[str, Any]) -> Person:
    """The person of the register; an address that is somebody else's here is left out."""
    name, email = values["full_name"], values["email"]
    if email and is_taken(email, name):
        email = values["email"] = ""
    return find_or_add_person(by=by, full_name=name, email=email, organisation=organisation)


def institution_of(by: Actor, row: DelegationRequest) -> Organisation:
    """The institution of the register by its number, without one by its name; else entered anew."""
    number, name = row.party_number, row.party_name
    current = Organisation.objects.current()
    if number:
        known = _of_regon(number) or _of_nip(number, name)
    else:
        known = current.filter(name=name).order_by("pk").first()
    return known or _entered(by, number, name)


def _of_regon(number: str) -> Organisation | None:
    """The entry that stays, where the one of this number was merged into another."""
    known = Organisation.objects.filter(regon=number).values_list("pk", flat=True).first()
    if known is None:
        return None
    return Organisation.objects.get(pk=staying_for(Organisation, [known])[known])


def _of_nip(number: str, name: str) -> Organisation | None:
    """Units of one gmina share its NIP, as its schools do, so the name says which of them it is."""
    sharing = Organisation.objects.current().filter(nip=number).order_by("pk")
    return next((one for one in sharing if fold(one.name) == fold(name)), None)


def _entered(by: Actor, number: str, name: str) -> Organisation:
    """As other tenants describe it in public; of the party itself the county gives name and number."""
    column = "nip" if len(number) == 10 else "regon"
    public = find_institution(**{column: number}) if number else None
    values = {field: getattr(public, field) for field in PUBLIC} if public else {}
    values |= {"name": name, **({column: number} if number else {})}
    values["sector"] = values.get("sector") or Sector.OTHER
    if column == "regon" and number:  # of two letters at once one enters it
        del values["regon"]
        row, is_new = found_or_new(Organisation, regon=number, defaults=values)
    else:
        row, is_new = Organisation.objects.create(**values), True
    if is_new:
        entered = {name: [None, value] for name, value in values.items() if value}
        record(by=by, verb="ORGANISATION_ADDED", obj=row, data=entered)
    return row
