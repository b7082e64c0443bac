"""Disputes of members and their mediation: of the parties and the mediator alone (REG §10, §5.1.c)."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import localtime, pl_date
from tenants.dialogue.workflow import DISPUTE, PROPOSAL, DisputeState, ProposalState
from tenants.meetings.voices import Key
from tenants.people.models import Organisation, Person
from tenants.people.perms import spoken_organisations
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Team


class Mediation(models.TextChoices):
    """The mediator: the Lider, unless it is a party or the parties agreed on somebody else."""

    NONE = "", "nikt jeszcze nie mediuje"
    LEAD = "LEAD", "Lider Partnerstwa"
    AGREED = "AGREED", "osoba uzgodniona przez strony"


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Disputes of teams."""

    def read_by(self, person: Person | None) -> Self:
        """Those of which the person speaks for a party, or mediates; nobody else knows of them."""
        if person is None:
            return self.none()
        readable = teams.readable(person)
        led = [team for team in readable if teams.lead(person, team)]
        parties = DisputeParty.objects.filter(dispute=OuterRef("pk"))
        own = Exists(parties.filter(organisation__in=spoken_organisations(person)))
        of_lead = Q(Exists(parties.filter(organisation=None))) | ~Q(mediation=Mediation.AGREED)
        mediated = Q(mediation=Mediation.AGREED, mediator__in=person.entries)
        return self.filter(Q(team__in=readable) & (Q(own) | mediated) | Q(of_lead, team__in=led))


class Dispute(TenantModel):
    """A dispute of two or more members of a team."""

    PAGE, LIST_PAGE = "dialogue:dispute", "dialogue:disputes"
    WORKFLOW = DISPUTE

    team = models.ForeignKey(Team, models.PROTECT, related_name="disputes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = ContentField("czego dotyczy")
    text = ContentField("na czym polega")
    is_about_families = models.BooleanField("dotyczy pracy z rodziną", default=False)
    state = models.CharField(
        max_length=9, choices=DisputeState.choices, default=DisputeState.REPORTED
    )
    mediation = models.CharField(max_length=6, choices=Mediation.choices, default="", blank=True)
    mediator = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    # Of whom the team does not know: the parties keep the record themselves.
    outsider = ContentField("mediator spoza zespołu", default="")
    result = ContentField("jak się skończyło", default="")
    ended_on = models.DateField("zakończono", null=True)
    reported_at = models.DateTimeField("zgłoszono", db_default=Now())
    version = models.PositiveIntegerField(default=0)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mediator__isnull=True) | Q(mediation="AGREED"),
                name="dispute_mediator_agreed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["REPORTED", "MEDIATION"], ended_on__isnull=True)
                | Q(state__in=["SETTLED", "UNSETTLED", "WITHDRAWN"], ended_on__isnull=False),
                name="dispute_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        # Neither parties nor a number, which would tell how many others there are.
        return f"Spór z {pl_date(localtime(self.reported_at).date())}"

    @property
    def is_open(self) -> bool:
        return self.state in DISPUTE.open

    @property
    def has_lead(self) -> bool:
        """The Lider is a party, so that somebody else must mediate (REG §5.1.c)."""
        return None in self.keys

    @property
    def keys(self) -> set[Key]:
        """Its parties; None is the Lider."""
        return {party.organisation_id for party in self.parties.all()}

    @property
    def mediator_name(self) -> str:
        """The mediator, in words."""
        if self.mediation == Mediation.AGREED:
            return str(self.mediator) if self.mediator_id else self.outsider
        return Mediation(self.mediation).label


class DisputeParty(TenantModel):
    """A party of a dispute: an institution of the team, or the Lider (none)."""

    INSTITUTION = "organisation"

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    has_reported = models.BooleanField("zgłosiła", default=False)

    class Meta:
        ordering = ["-has_reported", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "organisation"], name="dispute_party_once"),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(organisation=None), name="dispute_lead_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation) if self.organisation_id else "Lider"


class StepKind(models.TextChoices):
    """The steps by which a dispute is mediated."""

    TALK = "TALK", "rozmowa"
    MEETING = "MEETING", "spotkanie mediacyjne"
    STATEMENT = "STATEMENT", "stanowisko strony"
    OTHER = "OTHER", "inny krok"


class DisputeStep(TenantModel):
    """A step towards settling a dispute, on a day."""

    APPEND_ONLY = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="steps")
    kind = models.CharField("co zrobiono", max_length=9, choices=StepKind.choices)
    day = models.DateField("dnia")
    text = ContentField("treść")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["day", "written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.dispute}, {self.get_kind_display()}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.dispute.team


class About(models.TextChoices):
    """The things on which all parties must agree."""

    MEDIATOR = "MEDIATOR", "mediator"
    SETTLEMENT = "SETTLEMENT", "ugoda"


class Proposal(TenantModel):
    """A mediator or a settlement that was proposed; it holds once every party agreed."""

    WORKFLOW = PROPOSAL

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="proposals")
    about = models.CharField(max_length=10, choices=About.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mediator = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    # The settlement, or the name of a mediator from outside.
    text = ContentField("treść", default="")
    state = models.CharField(
        max_length=9, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    made_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "about"],
                condition=Q(state="OPEN"),
                name="dispute_proposal_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dispute}, {self.get_about_display()}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.dispute.team

    @property
    def words(self) -> str:
        """The mediator or the settlement, in words."""
        return str(self.mediator) if self.mediator_id else self.text


class ProposalAnswer(TenantModel):
    """The answer of one party to a proposal."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="answers")
    party = models.ForeignKey(DisputeParty, models.PROTECT, related_name="answers")
    is_agreed = models.BooleanField()
    reason = ContentField("dlaczego nie", default="")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "party"], name="dispute_proposal_answered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {'zgoda' if self.is_agreed else 'brak zgody'}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.proposal.dispute.team


def confided_to(person: Person | None) -> dict[type[models.Model], models.QuerySet[Any]]:
    """Everything of the disputes that the person reads, by its table."""
    mine = Dispute.objects.read_by(person)
    return {
        Dispute: mine,
        DisputeParty: DisputeParty.objects.filter(dispute__in=mine),
        DisputeStep: DisputeStep.objects.filter(dispute__in=mine),
        Proposal: Proposal.objects.filter(dispute__in=mine),
        ProposalAnswer: ProposalAnswer.objects.filter(proposal__dispute__in=mine),
    }
