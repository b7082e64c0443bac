"""The OPS asks an institution of the county's agreement for a delegate (POR-C §2.4.2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from gmina.ggk.actions import asking, groups
from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.today import groups_wait
from kooperacja.audit.actor import SYSTEM
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.exchange.models import PublishedAgreement
from tenants.registry import actions as registry
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tenants.teams.models import Team
from tests.factories import ggk as make
from tests.factories import people as make_people
from tests.factories.exchange import carried

Heard = list[tuple[str, dict[str, Any]]]


def ask(group: Group, agreement: PublishedAgreement, **fields: Any) -> DelegationRequest:
    """The office asks for a person."""
    given = {
        "by": make.by(make_people.person(Role.NETWORK_OFFICER)),
        "group_id": group.pk,
        "key": uuid7(),
        "party_id": agreement.parties.get().party_id,
        "function": "pedagog szkolny",
        "from_on": make.tomorrow(),
        "answer_by": make.tomorrow(10),
        **fields,
    }
    return asking.ask(**given)


def test_the_office_founds_one_group_under_an_agreement_that_names_the_unit(
    gmina: TenantRef, agreement: PublishedAgreement
) -> None:
    with inside(gmina):
        make.published(agreement.tenant_id, units=("999999",))
        by = make.by(make_people.lead())
        group = groups.found(by=by, key=uuid7(), agreement_id=agreement.agreement_id)
        assert (group.unit, group.agreement_name) == (gmina.code, make.NAME)
        team = Team.objects.get(kind="GGK")
        assert (team.rests_on, team.from_on, team.ended_on) == (group.pk, group.from_on, None)
        with pytest.raises(Problem, match="już działa"):
            groups.found(by=by, key=uuid7(), agreement_id=agreement.agreement_id)
        with pytest.raises(AlreadySaved):
            groups.found(by=by, key=group.pk, agreement_id=agreement.agreement_id)
        assert Group.objects.count() == 1


@pytest.mark.parametrize("fields", [{"ended_on": make.tomorrow(-1)}, {"units": ("999999",)}])
def test_no_group_rests_on_an_agreement_that_is_over_or_names_others(
    gmina: TenantRef, powiat: TenantRef, fields: dict[str, Any]
) -> None:
    with inside(gmina):
        other = make.published(powiat.id, **fields)
        by = make.by(make_people.lead())
        with pytest.raises(ValidationError):
            groups.found(by=by, key=uuid7(), agreement_id=other.agreement_id)
        assert not Group.objects.exists()


def test_no_group_is_founded_under_what_its_county_has_not_confirmed(
    gmina: TenantRef, agreement: PublishedAgreement
) -> None:
    PublishedAgreement.objects.update(confirmed_at=timezone.now() - timedelta(hours=25))
    with inside(gmina):
        by = make.by(make_people.lead())
        with pytest.raises(ValidationError):
            groups.found(by=by, key=uuid7(), agreement_id=agreement.agreement_id)
        assert not Group.objects.exists()


def test_when_the_county_is_closed_the_group_has_no_agreement(
    gmina: TenantRef, powiat: TenantRef, group: Group
) -> None:
    with inside(gmina):
        lead, today = make_people.lead(), timezone.localdate()
    registry.suspend_tenant(by=SYSTEM, tenant=Tenant.objects.get(pk=powiat.id), reason="Próba")
    carried()
    with inside(gmina):
        assert "GGK bez porozumienia" not in {one.matter for one in groups_wait(lead, today)}
    registry.close_tenant(by=SYSTEM, tenant=Tenant.objects.get(pk=powiat.id), reason="Próba")
    carried()
    assert PublishedAgreement.objects.get().ended_on == today
    with inside(gmina):
        assert "GGK bez porozumienia" in {one.matter for one in groups_wait(lead, today)}


def test_a_request_carries_an_institution_a_function_and_days_alone(
    gmina: TenantRef, group: Group, agreement: PublishedAgreement, heard: Heard
) -> None:
    with inside(gmina):
        row = ask(group, agreement)
    carried(gmina)
    assert heard == [
        (
            "DELEGATION_ASKED",
            {
                "request_id": str(row.pk),
                "agreement_id": str(agreement.agreement_id),
                "party_id": str(row.party_id),
                "function": "pedagog szkolny",
                "from_on": str(row.from_on),
                "answer_by": str(row.answer_by),
                "asked_by": f"{gmina.name}, {row.asked_by_name}",
            },
        )
    ]


def test_one_request_is_open_for_an_institution_and_a_function(
    gmina: TenantRef, group: Group, agreement: PublishedAgreement, heard: Heard
) -> None:
    with inside(gmina):
        row = ask(group, agreement)
        with pytest.raises(ValidationError, match="ma już prośbę") as said:
            ask(group, agreement)
        assert list(said.value.error_dict) == ["function"]
        with pytest.raises(AlreadySaved):
            ask(group, agreement, key=row.pk)
        ask(group, agreement, function="psycholog")
        assert DelegationRequest.objects.count() == 2
    carried(gmina)
    assert len(heard) == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"party_id": uuid7()}, "party"),
        ({"function": "matka dziecka"}, "function"),
        ({"answer_by": make.tomorrow(0)}, "answer_by"),
        ({"answer_by": make.tomorrow(91)}, "answer_by"),
        ({"from_on": make.tomorrow(-1)}, "from_on"),
    ],
)
def test_what_can_not_be_asked_is_refused_beside_its_field(
    gmina: TenantRef, group: Group, agreement: PublishedAgreement, wrong: Any, field: str
) -> None:
    with inside(gmina):
        with pytest.raises(ValidationError) as refused:
            ask(group, agreement, **wrong)
        assert set(refused.value.message_dict) == {field}
        assert not DelegationRequest.objects.exists()


def test_the_coordinator_asks_too_and_nobody_else_of_the_office(
    gmina: TenantRef, group: Group, agreement: PublishedAgreement
) -> None:
    with inside(gmina):
        coordinator = make.coordinator(group)
        with pytest.raises(Refused):
            ask(group, agreement, by=make.by(make_people.person(Role.SOCIAL_WORKER)))
        assert ask(group, agreement, by=make.by(coordinator)).is_asked
