"""A Kooperant's request for a meeting of a team (REG §2.5 s.1)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kooperacja.tenancy.models import TenantModel
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.workflow import REQUEST, RequestState
from tenants.people.models import Organisation, Person
from tenants.teams.content import ContentField
from tenants.teams.models import Team


class MeetingRequest(TenantModel):
    """A request of an institution of the team, answered with a meeting or a reason."""

    PAGE, LIST_PAGE = "meetings:request", "meetings:requests"
    INSTITUTION = "organisation"
    WORKFLOW = REQUEST

    team = models.ForeignKey(Team, models.PROTECT, related_name="meeting_requests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=RequestState.choices, default=RequestState.ASKED)
    reason = ContentField("po co spotkanie")
    answer = ContentField("dlaczego odmówiono", default="")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="requests", null=True)
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "organisation"],
                condition=Q(state=RequestState.ASKED),
                name="meeting_request_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.ANSWERED, meeting__isnull=False)
                | ~Q(state=RequestState.ANSWERED) & Q(meeting__isnull=True),
                name="meeting_request_answered_by_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Prośba o spotkanie: {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.ASKED
