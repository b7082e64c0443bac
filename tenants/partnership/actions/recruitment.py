"""Who asked to join, whom the office invited and what came of it (REG §1.4, §5.1.h)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send, settle
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, insert_once
from tenants.partnership import perms
from tenants.partnership.actions.invitations import recipients
from tenants.partnership.actions.organisations import add_organisation
from tenants.partnership.models import (
    AccessionDeclaration,
    Organisation,
    Partnership,
    Person,
    Recruitment,
    RecruitmentStep,
    RoleAssignment,
)
from tenants.partnership.notifications import RecruitmentAsked
from tenants.partnership.workflow import (
    OPEN_RECRUITMENTS,
    DeclarationState,
    PartnershipState,
    RecruitmentState,
    recruitment_may_become,
)
from tenants.registry.roles import Role

CLAUSE = "§ 1 ust. 4 regulaminu"
KEEPERS = "Nabór prowadzi Lider Partnerstwa albo wyznaczony przez niego pracownik ds. sieci."
ASKED_A_DAY = 50
_CONTACT = ("contact_name", "contact_email", "contact_phone", "message")


@transaction.atomic
def ask_to_join(*, by: Actor, key: UUID, values: dict[str, Any]) -> Recruitment:
    """Anybody may ask; the office hears of it, and nothing is sent to the address given."""
    partnership = Partnership.objects.select_for_update().get()
    refuse_unless_active(partnership)
    _require_room_today(key)
    asked = Recruitment(
        id=key,
        origin=Recruitment.Origin.PUBLIC_PAGE,
        state=RecruitmentState.ASKED,
        began_on=timezone.localdate(),
        **values,
    )
    insert_once(asked)
    _step(asked, by, timezone.localdate(), "")
    record(by=by, verb="RECRUITMENT_ASKED", obj=asked)
    _tell_office(asked)
    return asked


def refuse_unless_active(partnership: Partnership) -> None:
    if partnership.state != PartnershipState.ACTIVE:
        raise Problem(
            "To Partnerstwo nie przyjmuje zgłoszeń",
            f"Stan Partnerstwa: {partnership.get_state_display()}.",
            clause="§ 1 ust. 1 i 7 regulaminu",
            kept="Niczego nie zapisaliśmy.",
        )


def _require_room_today(key: UUID) -> None:
    """A flood of requests from many addresses stops here; the office still works."""
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    asked = Recruitment.objects.filter(
        origin=Recruitment.Origin.PUBLIC_PAGE, created_at__gte=morning
    )
    if asked.count() >= ASKED_A_DAY and not asked.filter(pk=key).exists():
        raise Problem(
            "Dziś wpłynęło już zbyt wiele zgłoszeń",
            "Spróbuj jutro albo skontaktuj się z Liderem bezpośrednio.",
            kept="Niczego nie zapisaliśmy.",
            status=429,
        )


def _tell_office(asked: Recruitment) -> None:
    held = RoleAssignment.objects.on(timezone.localdate()).filter(
        role__in=[Role.LEAD, Role.NETWORK_OFFICER]
    )
    send(
        RecruitmentAsked(recruitment_id=asked.pk, institution_name=asked.institution_name),
        to=recipients(one.person for one in held.select_related("person")),
        dedupe=f"recruitment-asked:{asked.pk}",
    )


@transaction.atomic
def add_recruitment(
    *, by: Actor, person: Person, key: UUID, values: dict[str, Any], note: str = ""
) -> Recruitment:
    """Write down whom the office invited, or whom a team needs (REG §5.1.h)."""
    perms.recruit.require(person)
    made = Recruitment(id=key, state=RecruitmentState.INVITED, **values)
    insert_once(made)
    _step(made, by, made.began_on, note)
    record(by=by, verb="RECRUITMENT_ADDED", obj=made)
    return made


@transaction.atomic
def move_recruitment(
    *,
    by: Actor,
    person: Person,
    recruitment_id: UUID,
    version: int,
    state: str,
    happened_on: date,
    note: str = "",
) -> Recruitment:
    """Write down the next step: invited, replied, declined, closed."""
    entry = _locked(person, recruitment_id)
    if entry.version != version:
        raise _changed_meanwhile(entry, by, state, note)
    if state == RecruitmentState.JOINED or not recruitment_may_become(entry.state, state):
        raise Problem(
            "Tego kroku nie można teraz zapisać",
            f"Stan naboru: {entry.get_state_display()}. Przystąpienie zapisuje się samo, gdy "
            "Lider przyjmie deklarację powiązanej instytucji.",
            clause=CLAUSE,
            kept="Niczego nie zapisaliśmy.",
            href=reverse("partnership:recruitment", args=[entry.pk]),
        )
    _move(entry, by, state, happened_on, note)
    record(by=by, verb="RECRUITMENT_MOVED", obj=entry, data={"state": [None, state]})
    return entry


def _changed_meanwhile(entry: Recruitment, by: Actor, state: str, note: str) -> Exception:
    last = entry.steps.last()
    if last and (last.state, last.note, last.actor_name) == (state, note, by.name):
        return AlreadySaved(entry)
    return Problem(
        "Ktoś właśnie zmienił ten wpis",
        f"Stan naboru: {entry.get_state_display()}. Sprawdź przebieg i zapisz krok jeszcze raz.",
        kept="Twój krok nie został zapisany.",
        href=reverse("partnership:recruitment", args=[entry.pk]),
        action="Przejdź do wpisu",
    )


@transaction.atomic
def link_recruitment(
    *, by: Actor, person: Person, recruitment_id: UUID, organisation_id: UUID
) -> Recruitment:
    """Say which institution of the register it is; its newest declaration comes with it."""
    entry = _locked(person, recruitment_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    if entry.organisation_id == organisation.pk:
        raise AlreadySaved(entry)
    _require_unlinked(entry)
    if entry.state not in OPEN_RECRUITMENTS:
        raise Problem(
            "Ten nabór jest zakończony",
            f"Jego stan: {entry.get_state_display()}.",
            clause=CLAUSE,
            kept="Niczego nie zapisaliśmy.",
            href=reverse("partnership:recruitment", args=[entry.pk]),
        )
    _link(by, entry, organisation)
    return entry


@transaction.atomic
def enter_recruited(
    *, by: Actor, person: Person, recruitment_id: UUID, key: UUID, values: dict[str, Any]
) -> Organisation:
    """Enter the institution that asked, and link the entry to it."""
    entry = _locked(person, recruitment_id)
    if entry.organisation_id == key:
        assert entry.organisation is not None
        raise AlreadySaved(entry.organisation)
    _require_unlinked(entry)
    organisation = add_organisation(by=replace(by, person_id=person.pk), key=key, values=values)
    _link(by, entry, organisation)
    return organisation


def _require_unlinked(entry: Recruitment) -> None:
    if entry.organisation is not None:
        raise Problem(
            "Ten wpis ma już swoją instytucję",
            f"Powiązano go z instytucją: {entry.organisation.name}.",
            clause=CLAUSE,
            kept="Niczego nie zapisaliśmy.",
            href=reverse("partnership:recruitment", args=[entry.pk]),
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
def forget_contact(*, by: Actor, person: Person, recruitment_id: UUID) -> Recruitment:
    """Blank the contact data of an entry that is over; its log stays."""
    entry = _locked(person, recruitment_id)
    if entry.state in OPEN_RECRUITMENTS:
        raise Problem(
            "Nabór jeszcze trwa",
            "Dane kontaktowe usuwa się po zakończeniu naboru.",
            clause=CLAUSE,
            kept="Niczego nie zmieniliśmy.",
            href=reverse("partnership:recruitment", args=[entry.pk]),
        )
    if not entry.has_contact:
        raise AlreadySaved(entry)
    for name in _CONTACT:
        setattr(entry, name, "")
    entry.version += 1
    entry.save(update_fields=[*_CONTACT, "version"])
    record(by=by, verb="RECRUITMENT_FORGOTTEN", obj=entry)
    return entry


def note_declared(*, by: Actor, declaration: AccessionDeclaration) -> None:
    """The open entry of an institution that has begun its declaration leads to it."""
    for entry in _open_of(declaration):
        entry.declaration = declaration
        entry.version += 1
        entry.save(update_fields=["declaration", "version"])
        data = {"declaration": [None, str(declaration.pk)]}
        record(by=by, verb="RECRUITMENT_LINKED", obj=entry, data=data)


def note_invited(*, by: Actor, organisation_id: UUID) -> None:
    """Whoever asked and is invited to declare has been answered."""
    asked = Recruitment.objects.filter(organisation=organisation_id, state=RecruitmentState.ASKED)
    for entry in asked.order_by("pk").select_for_update():
        _move(
            entry,
            by,
            RecruitmentState.INVITED,
            timezone.localdate(),
            "Zaproszono do złożenia deklaracji.",
        )
        record(by=by, verb="RECRUITMENT_MOVED", obj=entry, data={"state": [None, entry.state]})


def note_joined(*, by: Actor, declaration: AccessionDeclaration) -> None:
    """The Lider accepted the declaration, so its institution has joined."""
    for entry in _open_of(declaration):
        entry.declaration = declaration
        _move(entry, by, RecruitmentState.JOINED, declaration.decided_on or timezone.localdate())
        record(by=by, verb="RECRUITMENT_JOINED", obj=entry)


def _open_of(declaration: AccessionDeclaration) -> list[Recruitment]:
    entries = Recruitment.objects.filter(
        organisation=declaration.organisation_id, state__in=sorted(OPEN_RECRUITMENTS)
    )
    return list(entries.order_by("pk").select_for_update())


def _locked(person: Person, recruitment_id: UUID) -> Recruitment:
    entry = Recruitment.objects.select_for_update().get(pk=recruitment_id)
    perms.recruit.require(person)
    return entry


def _move(entry: Recruitment, by: Actor, state: str, day: date, note: str = "") -> None:
    if entry.state == RecruitmentState.ASKED:
        settle(dedupe=f"recruitment-asked:{entry.pk}")
    entry.state = state
    entry.version += 1
    entry.save(update_fields=["state", "version", "declaration"])
    _step(entry, by, day, note)


def _step(entry: Recruitment, by: Actor, day: date, note: str) -> None:
    RecruitmentStep.objects.create(
        recruitment=entry, state=entry.state, happened_on=day, note=note, actor_name=by.name
    )
