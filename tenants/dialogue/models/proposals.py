"""Activities that members propose for a plan in preparation (REG §2.10)."""

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import TenantModel
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.workflow import ACTIVITY_PROPOSAL, ActivityProposalState
from tenants.people.models import Organisation, Person
from tenants.teams.content import ContentField
from tenants.teams.models import Team


class ActivityProposal(TenantModel):
    """An activity that an institution proposes; the Lider takes it into the plan or says why not."""

    PAGE = "dialogue:proposal"
    WORKFLOW = ACTIVITY_PROPOSAL
    INSTITUTION = "organisation"

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="proposals")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9, choices=ActivityProposalState.choices, default=ActivityProposalState.WAITING
    )
    text = ContentField("co zostanie zrobione")
    why = ContentField("po co", default="")
    partners_text = ContentField("z kim", default="")
    resources = ContentField("zasoby", default="")
    until_on = models.DateField("do kiedy", null=True)
    proposed_on = models.DateField("zgłoszono")
    answer = ContentField("powód odmowy", default="")
    answered_on = models.DateField("odpowiedziano", null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["proposed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ActivityProposalState.WAITING, answered_on__isnull=True)
                | ~Q(state=ActivityProposalState.WAITING) & Q(answered_on__isnull=False),
                name="proposal_answered_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Propozycja działania ({self.organisation})"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.plan.team

    @property
    def is_waiting(self) -> bool:
        return self.state == ActivityProposalState.WAITING
