"""A kooperant resigns or the Lider dissolves: what rested on membership ends (REG §1.6, §1.7)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import keeper_of
from kooperacja.documents.models import StoredFile
from kooperacja.documents.work_first import work_first
from kooperacja.notifications.base import send
from kooperacja.ui.polish import pl_date, quoted, stopped
from kooperacja.ui.problems import Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, insert_once
from tenants.accession import perms, rules
from tenants.accession.models.resignations import ResignationNotice, tally
from tenants.accession.notifications import (
    MemberResigned,
    PartnershipDissolved,
    ResignationConfirmed,
)
from tenants.accession.papers import SIGNED_RESIGNATION
from tenants.accession.workflow import SignatureMode
from tenants.partnership import consequences
from tenants.partnership.actions.partnership import refuse_when_dissolved
from tenants.partnership.models import EndCause, Membership, Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people.actions.invitations import holders, publish_figures, recipients
from tenants.people.actions.persons import find_or_add_person
from tenants.people.dated import holding
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.regulation import ballots
from tenants.regulation import rules as regulation_rules
from tenants.regulation.models import RegulationVersion

_CLAUSE = perms.resign.clause


@work_first
def resign(
    *,
    by: Actor,
    key: UUID,
    organisation_id: UUID,
    file: "UploadedFile[Any]",
    signatory_name: str,
    mode: str,
    signed_on: date,
    received_on: date | None = None,
    void_votes: bool = False,
    **said: str,
) -> ResignationNotice:
    """File the signed resignation; nobody accepts it, its day follows from the regulation.

    Without `received_on` it is received today. `void_votes`: whoever files it knows that votes given
    from its day on are void. `said`: signatory_function, reason, case_mark.
    """
    by.require_proof()
    organisation, membership = _locked_membership(by, organisation_id, key)
    day = received_on or by.today
    _require_dates(by, membership, signed_on, day)
    ends_on = effective_on(day)
    _require_no_votes(membership, ends_on, void_votes)
    assert by.person_id is not None  # whoever may resign is one of the tenant's people
    notice = ResignationNotice(
        id=key,
        membership=membership,
        signatory=_signatory(by, organisation, signatory_name),
        mode=mode,
        signed_on=signed_on,
        received_on=day,
        effective_on=ends_on,
        file=_kept(by, file, mode),
        recorded_by_id=by.person_id,
        **said,
    )
    insert_once(notice)
    _carry_out(by, notice, organisation)
    return notice


def _locked_membership(
    by: Actor, organisation_id: UUID, key: UUID
) -> tuple[Organisation, Membership]:
    """The institution that resigns and what it resigns from, for whoever may file it."""
    Partnership.objects.select_for_update().get()  # one dissolves, resigns, is admitted at a time
    perms.resign.require(Person.objects.acting(by), organisation_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    return organisation, membership_to_end(organisation, key, is_locked=True)


def _carry_out(by: Actor, notice: ResignationNotice, organisation: Organisation) -> None:
    """End what it ends, and tell both sides."""
    voices = _voices([notice.membership], by.today)  # as long as they still act for it
    _end_with(by, notice)
    _tell(by, notice, organisation)
    _confirm(notice, organisation, voices, by.today)


def _require_dates(by: Actor, membership: Membership, signed_on: date, day: date) -> None:
    if wrong := rules.resignation_dates_error(signed_on, day, membership.from_on, by.today):
        raise ValidationError(dict([wrong]))


def _require_no_votes(membership: Membership, ends_on: date, is_said: bool) -> None:
    """Votes given from the day on would be void, and whoever files it has not said so (REG §9)."""
    if is_said:
        return
    if votes := ballots.votes_from(membership.organisation_id, ends_on):
        said = "; ".join(ballots.named(vote) for vote in votes)
        raise ValidationError(
            {
                "void_votes": f"Członkostwo ustanie {pl_date(ends_on)} Od tego dnia nieważne będą "
                f"głosy: {stopped(said)} Zaznacz to pole albo popraw datę wpływu."
            }
        )


def _signatory(by: Actor, organisation: Organisation, name: str) -> Person:
    return find_or_add_person(by=by, full_name=name, organisation=organisation)


def _kept(by: Actor, file: "UploadedFile[Any]", mode: str) -> StoredFile:
    keep = keeper_of(is_electronic=SignatureMode(mode).is_electronic)
    return keep(by=by, upload=file, kind=SIGNED_RESIGNATION)


def _end_with(by: Actor, notice: ResignationNotice) -> None:
    """End the membership on the day of the notice, and write the notice down."""
    day = notice.effective_on
    end_membership(by=by, membership=notice.membership, day=day, cause=EndCause.RESIGNATION)
    data = {name: [None, str(getattr(notice, name))] for name in ("received_on", "effective_on")}
    record(by=by, verb="MEMBER_RESIGNED", obj=notice, data=data)


def effective_on(received_on: date) -> date:
    """The day on which a resignation received on a day takes effect, by the regulation of that day."""
    regulation = RegulationVersion.in_force(received_on)
    if regulation is None:
        return received_on
    effect, days = regulation.resignation_effect, regulation.resignation_days
    return regulation_rules.effective_on(received_on, effect, days)


def membership_to_end(
    organisation: Organisation, key: UUID | None = None, *, is_locked: bool = False
) -> Membership:
    """The membership that a resignation would end, or why there is none."""
    refuse_when_dissolved()
    memberships = Membership.objects.filter(organisation=organisation).order_by(
        F("ended_on").desc(nulls_first=True)
    )
    last: Membership | None = (
        memberships.select_for_update() if is_locked else memberships
    ).first()
    notice = ResignationNotice.objects.filter(membership=last).first() if last else None
    if notice is not None and notice.pk == key:
        raise AlreadySaved(notice)
    if last is None or (notice is None and last.ended_on is not None):
        raise Problem(
            "Ta instytucja nie jest członkiem Partnerstwa",
            f"{quoted(organisation.name)} nie ma z czego rezygnować.",
            clause=_CLAUSE,
            at=organisation,
            action="Przejdź do instytucji",
        )
    if notice is not None:
        raise Problem(
            "Ta instytucja złożyła już rezygnację",
            f"Wpłynęła {pl_date(notice.received_on)}, skutek od {pl_date(notice.effective_on)} "
            "Druga nie jest potrzebna.",
            clause=_CLAUSE,
            at=notice,
            action="Zobacz rezygnację",
        )
    return last


def end_membership(*, by: Actor, membership: Membership, day: date, cause: EndCause) -> None:
    """End a locked membership from a day with all that rests on it; recorded by its sources."""
    by.require_proof()
    membership.end(day, end_cause=cause)
    consequences.close_all(by=by, membership=membership, day=day)
    data = {"ended_on": [None, membership.ended_on], "cause": [None, cause.value]}
    record(by=by, verb="MEMBERSHIP_CONSEQUENCE", obj=membership, data=data)
    follow(Membership)
    if not membership.holds_on(by.today):
        publish_figures(cause=membership.pk)


def _tell(by: Actor, notice: ResignationNotice, organisation: Organisation) -> None:
    """Tell the Lider and the network officer, except who entered it."""
    send(
        MemberResigned(
            notice_id=notice.pk,
            organisation_name=organisation.name,
            effective_on=pl_date(notice.effective_on),
        ),
        to=recipients(holders(by, Role.LEAD, Role.NETWORK_OFFICER)),
        dedupe=f"member-resigned:{notice.pk}",
    )


def _confirm(
    notice: ResignationNotice, organisation: Organisation, voices: list[Person], day: date
) -> None:
    """Tell those who spoke for the institution, whoever entered it."""
    people = {person.pk: person for person in voices}
    send(
        ResignationConfirmed(
            organisation_name=organisation.name,
            received_on=pl_date(notice.received_on),
            effective_on=pl_date(notice.effective_on),
            signed_by=f"{notice.signatory}, {notice.signatory_function}",
            leaves_later=notice.effective_on > day,
        ),
        to=recipients(people.values()),
        dedupe=f"resignation-confirmed:{notice.pk}",
    )


@transaction.atomic
def dissolve(*, by: Actor) -> Partnership:
    """Dissolve it from today; every remaining membership and what rests on it ends."""
    by.require_proof()
    today = by.today
    partnership = Partnership.objects.select_for_update().get()
    perms.dissolve.require(Person.objects.acting(by))
    if partnership.state == PartnershipState.DISSOLVED:
        raise AlreadySaved(partnership)
    memberships = list(Membership.objects.on(today).order_by("pk").select_for_update())
    _require_majority(by, partnership)
    voices = recipients(_voices(memberships, today))
    for membership in memberships:
        end_membership(by=by, membership=membership, day=today, cause=EndCause.DISSOLUTION)
    move(
        partnership,
        PartnershipState.DISSOLVED,
        by=by,
        on=today,
        data={"dissolved_on": [None, today.isoformat()], "members": [len(memberships), 0]},
        dissolved_on=today,
    )
    send(
        PartnershipDissolved(area=partnership.area),
        to=voices,
        dedupe=f"partnership-dissolved:{partnership.pk}",
    )
    publish_figures(Partnership, cause=partnership.pk)
    return partnership


def _require_majority(by: Actor, partnership: Partnership) -> None:
    require_may(partnership, PartnershipState.DISSOLVED, by)
    resigned = tally(by.today)
    if resigned is None or not resigned.is_majority:
        raise partnership.not_now(PartnershipState.DISSOLVED, by)


def _voices(memberships: list[Membership], day: date) -> list[Person]:
    """Heads and coordinators of all kooperanci, as long as they still act for them."""
    of = [membership.organisation_id for membership in memberships]
    roles = RoleAssignment.objects.on(day).filter(
        organisation__in=of, role__in=[Role.PARTNER_HEAD, Role.PARTNER_COORDINATOR]
    )
    seats = Person.objects.filter(
        holding(day, "coordinates__"), coordinates__membership__in=memberships
    )
    return [*(role.person for role in roles.select_related("person")), *seats]
