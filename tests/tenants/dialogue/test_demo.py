"""The demo shows each state of a report, disputes and the plans of three years."""

from datetime import date, timedelta

from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue import demo
from tenants.dialogue import today as today_of
from tenants.dialogue.actions import risks
from tenants.dialogue.models import ActionPlan, ActivityProposal, Contact, Dispute, Note, Risk
from tenants.meetings import demo as meetings
from tenants.meetings.models.arrangements import Arrangement
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


def test_a_team_of_the_demo_reports(partnership: TenantRef) -> None:
    today = timezone.localdate()
    with inside(partnership):
        make.lead()
        of = make_partnership.member(make_people.organisation()).organisation
        make_people.head(of)
        other = make_partnership.member(make_people.organisation()).organisation
        make_people.head(other)
        meetings.write("Gogolin", today)
        for _ in range(2):  # it may be written twice
            demo.write("Gogolin", today)
        rows = {row.state: row for row in Risk.objects.order_by("pk")}
        assert (set(rows), Risk.objects.count()) == ({"OPEN", "HANDLED", "WITHDRAWN"}, 3)
        assert len({row.organisation_id for row in rows.values()}) == 1
        assert rows["OPEN"].steps.count() == 2
        item = risks.items_of(rows["HANDLED"]).get()
        assert Arrangement.objects.filter(item=item).exists()
        states = Dispute.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == ["MEDIATION", "REPORTED"]
        states = Note.objects.order_by("begun_at").values_list("state", flat=True)
        assert (list(states), Contact.objects.count()) == (["SIGNED", "SIGNED", "DRAFT"], 3)
        assert Arrangement.objects.filter(source_kind="note").count() == 2


def test_a_team_of_the_demo_plans(partnership: TenantRef) -> None:
    today = timezone.localdate()
    with inside(partnership):
        lead = make.lead()
        make_people.head(make_partnership.member(make_people.organisation()).organisation)
        meetings.write("Gogolin", today)
        for _ in range(2):  # it may be written twice
            demo.write_plans("Gogolin", today)
        states = ActionPlan.objects.order_by("from_on").values_list("state", flat=True)
        assert list(states) == ["ADOPTED", "ADOPTED", "DRAFT"]
        assert ActionPlan.objects.in_force(today).count() == 1
        late = max(date(today.year, 1, 1), today - timedelta(days=20))
        assert late in {row.due for row in today_of.activities_wait(lead, today)}
        assert ActivityProposal.objects.get().is_waiting
