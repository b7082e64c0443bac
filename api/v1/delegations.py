"""Delegates to a GGK: what a gmina asked of its county's institutions, what these were asked (POR-C)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import TenantResource
from api.v1.queries import PageQuery
from gmina.ggk import perms as ggk
from gmina.ggk.models import DelegationRequest
from gmina.ggk.workflow import DelegationState, EndReason
from powiat.pzk import perms as pzk
from powiat.pzk.models import AskedDelegation
from powiat.pzk.workflow import AskedState
from tenants.exchange.delegations import EndedWhy

_NO_END = "null: delegacja trwa albo jej nie było."


class DelegationSerializer(serializers.Serializer[DelegationRequest]):
    """A request of a gmina and what became of it; a delegate's address is no part of it."""

    id = serializers.UUIDField()
    institution = serializers.CharField(source="party_name")
    function = serializers.CharField()
    state = serializers.ChoiceField(choices=DelegationState.choices)
    asked_on = serializers.DateField()
    answer_by = serializers.DateField(help_text="Ostatni dzień na odpowiedź.")
    from_on = serializers.DateField(help_text="Od kiedy delegat jest potrzebny.")
    answered_on = serializers.DateField(allow_null=True)
    serves_from = serializers.DateField(allow_null=True, help_text="Delegacja od.")
    until = serializers.DateField(allow_null=True, help_text="Delegacja do, ostatni dzień.")
    accepted_on = serializers.DateField(allow_null=True, help_text="Delegat przyjął delegację.")
    ends_on = serializers.DateField(allow_null=True, help_text=f"Koniec; {_NO_END}")
    end_reason = serializers.ChoiceField(
        choices=EndReason.choices, allow_blank=True, help_text="Pusty: delegacja się nie kończy."
    )


class DelegationsQuery(PageQuery):
    """Filters of the list."""

    state = serializers.ChoiceField(
        choices=DelegationState.choices, required=False, help_text="Tylko w tym stanie."
    )


class Delegations(TenantResource):
    """Requests of a gmina for delegates to its GGK, the one asked last first."""

    query = DelegationsQuery
    serializer_class = DelegationSerializer

    @extend_schema(
        summary="Prośby gminy o delegatów do GGK", responses=DelegationSerializer(many=True)
    )
    def get(self, request: Request, code: str) -> Response:
        person = self.person(request)
        ggk.see_groups.require(person)
        query: dict[str, Any] = self.read_query(request)
        rows = DelegationRequest.objects.select_related("group").order_by("-asked_on", "-pk")
        if state := query.get("state"):
            rows = rows.filter(state=state)
        return self.page([one for one in rows if ggk.see_delegation(person, one)], request, query)


class AskedDelegationSerializer(serializers.Serializer[AskedDelegation]):
    """A request that came to an institution of the county's agreement, and what became of it."""

    id = serializers.UUIDField()
    gmina = serializers.CharField(source="source_name")
    institution = serializers.CharField()
    function = serializers.CharField()
    state = serializers.ChoiceField(choices=AskedState.choices)
    asked_on = serializers.DateField()
    answer_by = serializers.DateField(help_text="Ostatni dzień na odpowiedź.")
    from_on = serializers.DateField(help_text="Od kiedy delegat jest potrzebny.")
    answered_on = serializers.DateField(allow_null=True)
    named_from = serializers.DateField(allow_null=True, help_text="Delegacja od.")
    named_until = serializers.DateField(allow_null=True, help_text="Delegacja do, ostatni dzień.")
    ended_on = serializers.DateField(allow_null=True, help_text=f"Koniec; {_NO_END}")
    ended_why = serializers.ChoiceField(
        choices=EndedWhy.choices, allow_blank=True, help_text="Pusty: delegacja się nie kończy."
    )


class AskedDelegationsQuery(PageQuery):
    """Filters of the list."""

    state = serializers.ChoiceField(
        choices=AskedState.choices, required=False, help_text="Tylko w tym stanie."
    )


class AskedDelegations(TenantResource):
    """Requests that came to a county, the one asked last first; an institution reads its own."""

    query = AskedDelegationsQuery
    serializer_class = AskedDelegationSerializer

    @extend_schema(
        summary="Prośby o delegatów, które przyszły do powiatu",
        responses=AskedDelegationSerializer(many=True),
    )
    def get(self, request: Request, code: str) -> Response:
        person = self.person(request)
        pzk.see_delegations.require(person)
        query: dict[str, Any] = self.read_query(request)
        rows = AskedDelegation.objects.read_by(person).select_related("party")
        if state := query.get("state"):
            rows = rows.filter(state=state)
        return self.page(rows.order_by("-asked_on", "-pk"), request, query)
