"""Figures of the GGK count institutions and days alone (POR-C §2.4.2)."""

from datetime import timedelta

from django.utils import timezone

from gmina.ggk import indicators
from gmina.ggk.models import DelegationRequest, DelegationStep
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tests.factories import ggk as make


def test_requests_by_what_became_of_them_and_the_median_of_days(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    today = timezone.localdate()
    with inside(gmina):
        assert indicators.groups(today) == indicators.delegations(today) == {}
        assert indicators.days_to_answer(today) == {}
        group = make.group(county=powiat)
        make.asked(group, "psycholog")
        refused = make.asked(group, "dzielnicowy", state="REFUSED", answered_on=today)
        DelegationStep.objects.create(
            delegation=refused, state="REFUSED", happened_on=today, actor_name="Ewa Testowa"
        )
        row = make.named(group)
        assert indicators.groups(today) == {"GROUP": 1}
        assert indicators.delegations(today) == {"WAITING": 1, "UNFULFILLED": 1, "FULFILLED": 1}
        assert indicators.delegations(today - timedelta(days=1)) == {"WAITING": 3}
        assert indicators.days_to_answer(today) == {"WEEK": 1}
        DelegationRequest.objects.filter(pk=row.pk).update(asked_on=today - timedelta(days=25))
        assert indicators.days_to_answer(today) == {"MONTH": 1}
