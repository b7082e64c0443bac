"""Institutions that asked to join or were invited, step by step (REG §1.4, §5.1.h)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send, settle
from kooperacja.ui.polish import pl_date, stopped
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.accession import perms
from tenants.accession.actions.forgetting import CONTACT
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.needs import tie
from tenants.accession.notifications import RecruitmentAsked
from tenants.accession.workflow import RECRUITMENT, DeclarationState, RecruitmentState
from tenants.partnership.models import Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people.actions.invitations import holders, recipients
from tenants.people.actions.organisations import add_organisation, locked_organisation
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role

ASKED_A_DAY = 50
_CLAUSE = perms.recruit.clause


@transaction.atomic
def ask_to_join(*, by: Actor, key: UUID, values: dict[str, Any]) -> Recruitment:
    """Anybody may ask; the office hears of it, and nothing is sent to the address given."""
    partnership = Partnership.objects.select_for_update().get()
    refuse_unless_active(partnership, "To Partnerstwo nie przyjmuje zgłoszeń")
    _require_room_today(by, key)
    asked = Recruitment(
        id=key,
        origin=Recruitment.Origin.PUBLIC_PAGE,
        state=RecruitmentState.ASKED,
        began_on=by.today,
        **values,
    )
    insert_once(asked)
    asked.add_step(by=by, on=by.today)
    record(by=by, verb="RECRUITMENT_ASKED", obj=asked)
    _tell_office(by, asked)
    return asked


def refuse_unless_active(partnership: Partnership, title: str) -> None:
    if partnership.state != PartnershipState.ACTIVE:
        raise Problem(
            title,
            f"Stan Partnerstwa: {partnership.get_state_display()}.",
            clause="§ 1 ust. 1 i 7 regulaminu",
            kept=NOTHING_DONE,
        )


def _require_room_today(by: Actor, key: UUID) -> None:
    """A flood of requests from many addresses stops here; the office still works."""
    asked = Recruitment.objects.filter(
        origin=Recruitment.Origin.PUBLIC_PAGE, created_at__date__gte=by.today
    )
    if asked.count() >= ASKED_A_DAY and not asked.filter(pk=key).exists():
        raise Problem(
            "Dziś wpłynęło już zbyt wiele zgłoszeń",
            "Spróbuj jutro albo skontaktuj się z Liderem bezpośrednio.",
            kept=NOTHING_DONE,
            status=429,
        )


def _tell_office(by: Actor, asked: Recruitment) -> None:
    send(
        RecruitmentAsked(recruitment_id=asked.pk, institution_name=asked.institution_name),
        to=recipients(holders(by, Role.LEAD, Role.NETWORK_OFFICER)),
        dedupe=f"recruitment-asked:{asked.pk}",
    )


@transaction.atomic
def add_recruitment(
    *, by: Actor, key: UUID, values: dict[str, Any], note: str = "", need: UUID | None = None
) -> Recruitment:
    """Write down whom the office invited, or whom a team needs, and for what (REG §5.1.h)."""
    perms.recruit.require(Person.objects.acting(by))
    require_inviting()
    _refuse_future(by, began_on=values["began_on"])
    entry = Recruitment(id=key, state=RecruitmentState.INVITED, **values)
    insert_once(entry)
    entry.add_step(by=by, on=entry.began_on, why=note)
    record(by=by, verb="RECRUITMENT_ADDED", obj=entry)
    if need is not None:
        tie(by, need, entry.pk)
    return entry


def require_inviting() -> None:
    """There is a partnership to invite to: its regulation is adopted, and it is not dissolved."""
    title = "Do tego Partnerstwa nie można teraz zapraszać"
    refuse_unless_active(Partnership.objects.get(), title)


@transaction.atomic
def move_recruitment(
    *,
    by: Actor,
    recruitment_id: UUID,
    version: int,
    state: str,
    happened_on: date,
    note: str = "",
) -> Recruitment:
    """Write down the next step: invited, replied, declined, closed."""
    entry = _locked(by, recruitment_id)
    if entry.version != version:
        raise _changed_meanwhile(entry, by, state, note)
    if state == RecruitmentState.JOINED:  # the accepted declaration says so by itself
        raise entry.not_now(state, by)
    require_may(entry, state, by)
    _refuse_future(by, happened_on=happened_on)
    _require_later(entry, happened_on)
    _move(entry, by, state, happened_on, note)
    return entry


def _refuse_future(by: Actor, **days: date) -> None:
    for name, day in days.items():
        if day > by.today:
            raise ValidationError({name: "Data nie może być z przyszłości."})


def _require_later(entry: Recruitment, happened_on: date) -> None:
    """A step follows the one before it."""
    last = entry.steps.aggregate(day=Max("happened_on"))["day"] or entry.began_on
    if happened_on < last:
        raise ValidationError(
            {
                "happened_on": f"Poprzedni krok zapisano z dniem {pl_date(last)} Podaj ten dzień albo późniejszy."
            }
        )


def _changed_meanwhile(entry: Recruitment, by: Actor, state: str, note: str) -> Exception:
    last = entry.steps.last()
    if last and (last.state, last.note, last.actor_name) == (state, note, by.name):
        return AlreadySaved(entry)
    return StaleForm(entry)


@transaction.atomic
def link_recruitment(*, by: Actor, recruitment_id: UUID, organisation_id: UUID) -> Recruitment:
    """Say which institution of the register it is; its newest declaration comes with it."""
    entry = _locked(by, recruitment_id)
    organisation = locked_organisation(organisation_id)
    if entry.organisation_id == organisation.pk:
        raise AlreadySaved(entry)
    require_linkable(entry)
    _link(by, entry, organisation)
    return entry


@transaction.atomic
def enter_recruited(
    *, by: Actor, recruitment_id: UUID, key: UUID, values: dict[str, Any]
) -> Organisation:
    """Enter the institution that asked, and link the entry to it."""
    entry = _locked(by, recruitment_id)
    if entry.organisation_id == key:
        raise AlreadySaved(entry.organisation)
    require_linkable(entry)
    organisation = add_organisation(by=by, key=key, values=values)
    _link(by, entry, organisation)
    return organisation


def require_linkable(entry: Recruitment) -> None:
    """It goes on, and nobody said yet which institution it is."""
    if entry.organisation is not None:
        raise Problem(
            "Ten wpis ma już swoją instytucję",
            stopped(f"Powiązano go z instytucją: {entry.organisation.name}"),
            clause=_CLAUSE,
            kept=NOTHING_DONE,
            at=entry,
            action="Przejdź do wpisu",
        )
    if not entry.is_open:
        raise _over(entry)


def require_steps(entry: Recruitment) -> None:
    """Something can follow the state it is in."""
    if not RECRUITMENT.changes[RecruitmentState(entry.state)]:
        raise _over(entry)


def _over(entry: Recruitment) -> Problem:
    return Problem(
        "Ten nabór jest zakończony",
        f"Jego stan: {entry.get_state_display()}.",
        clause=_CLAUSE,
        kept=NOTHING_DONE,
        at=entry,
        action="Przejdź do wpisu",
    )


def _link(by: Actor, entry: Recruitment, organisation: Organisation) -> None:
    declaration = organisation.declarations.order_by("-created_at").first()
    entry.organisation, entry.declaration = organisation, declaration
    entry.version += 1
    entry.save(update_fields=["organisation", "declaration", "version"])
    data = {"organisation": [None, str(organisation.pk)]}
    record(by=by, verb="RECRUITMENT_LINKED", obj=entry, data=data)
    if declaration and declaration.state == DeclarationState.ACCEPTED:
        note_joined(by=by, declaration=declaration)


@transaction.atomic
def forget_contact(*, by: Actor, recruitment_id: UUID) -> Recruitment:
    """Blank the contact data of an entry that is over; its log stays."""
    entry = _locked(by, recruitment_id)
    require_over(entry)
    if not entry.has_contact:
        raise AlreadySaved(entry)
    for name in CONTACT:
        setattr(entry, name, "")
    entry.version += 1
    entry.save(update_fields=[*CONTACT, "version"])
    record(by=by, verb="RECRUITMENT_FORGOTTEN", obj=entry)
    return entry


def require_over(entry: Recruitment) -> None:
    """Contact data is needed while it goes on."""
    if entry.is_open:
        raise Problem(
            "Nabór jeszcze trwa",
            "Dane kontaktowe usuwa się po zakończeniu naboru.",
            clause=_CLAUSE,
            kept="Niczego nie zmieniliśmy.",
            at=entry,
        )


def note_declared(*, by: Actor, declaration: AccessionDeclaration) -> None:
    """The open entry of an institution that has begun its declaration leads to it."""
    going_on = Recruitment.objects.going_on(declaration.organisation_id)
    for entry in going_on.select_for_update():
        entry.declaration = declaration
        entry.version += 1
        entry.save(update_fields=["declaration", "version"])
        data = {"declaration": [None, str(declaration.pk)]}
        record(by=by, verb="RECRUITMENT_LINKED", obj=entry, data=data)


def note_invited(*, by: Actor, organisation_id: UUID) -> None:
    """Note that an institution that asked was answered: it is invited to declare."""
    asked = Recruitment.objects.filter(organisation=organisation_id, state=RecruitmentState.ASKED)
    for entry in asked.order_by("pk").select_for_update():
        note = "Zaproszono do złożenia deklaracji."
        _move(entry, by, RecruitmentState.INVITED, by.today, note)


def note_joined(*, by: Actor, declaration: AccessionDeclaration) -> None:
    """The Lider accepted the declaration, so its institution has joined."""
    day = declaration.decided_on or by.today
    going_on = Recruitment.objects.going_on(declaration.organisation_id)
    for entry in going_on.select_for_update():
        _move(entry, by, RecruitmentState.JOINED, day, declaration=declaration)


def _locked(by: Actor, recruitment_id: UUID) -> Recruitment:
    entry: Recruitment = Recruitment.objects.select_for_update().get(pk=recruitment_id)
    perms.recruit.require(Person.objects.acting(by))
    return entry


def _move(
    entry: Recruitment, by: Actor, state: str, day: date, note: str = "", **values: Any
) -> None:
    if entry.state == RecruitmentState.ASKED:
        settle(dedupe=f"recruitment-asked:{entry.pk}")
    data = {"state": [None, str(state)]}
    move(entry, state, by=by, on=day, note=note, data=data, **values)
