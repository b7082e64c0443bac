"""Gminas and powiaty of the region, and whether they work here."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import Resource
from api.v1.queries import CODE_IN_PATH, MonthField, PageQuery
from region.monitoring import catalogue
from region.panel import board
from region.panel.units import STATES, UnitNow
from tenants.registry.rules import TenantKind

STATE_CHOICES = [(code, label) for code, (label, _) in STATES.items()]


class UnitSerializer(serializers.Serializer[UnitNow]):
    """One gmina, powiat or city with county rights."""

    code = serializers.CharField(help_text="Kod TERYT: 6 cyfr gminy albo 4 cyfry powiatu.")
    name = serializers.CharField()
    kind = serializers.CharField(help_text="Na przykład „gmina miejsko-wiejska”.")
    level = serializers.ChoiceField(choices=TenantKind.choices)
    powiat = serializers.CharField(source="county_code", help_text="Kod TERYT powiatu, 4 cyfry.")
    powiat_name = serializers.CharField(source="county")
    state = serializers.ChoiceField(choices=STATE_CHOICES, source="state_code")
    month = MonthField(
        source="period_on",
        allow_null=True,
        help_text="Ostatni miesiąc, za który opublikowano liczby: RRRR-MM.",
    )


class UnitsQuery(PageQuery):
    """Filters of the units."""

    level = serializers.ChoiceField(choices=TenantKind.choices, required=False)
    powiat = serializers.RegexField(r"^[0-9]{4}$", required=False, help_text="Kod TERYT powiatu.")
    state = serializers.ChoiceField(choices=STATE_CHOICES, required=False)


class Units(Resource):
    """Units of the region in the order of their codes."""

    query = UnitsQuery
    serializer_class = UnitSerializer

    @extend_schema(summary="Jednostki województwa", responses=UnitSerializer(many=True))
    def get(self, request: Request) -> Response:
        query = self.read_query(request)
        units = sorted(
            board.load(catalogue.counts()[0], totals_only=True).units, key=lambda unit: unit.code
        )
        chosen = [
            unit
            for unit in units
            if query.get("level", unit.level) == unit.level
            and query.get("powiat", unit.county_code) == unit.county_code
            and query.get("state", unit.state_code) == unit.state_code
        ]
        return self.page(chosen, request, query)


class OneUnit(Resource):
    """One unit."""

    serializer_class = UnitSerializer
    path_parameters = (CODE_IN_PATH,)

    @extend_schema(summary="Jedna jednostka")
    def get(self, request: Request, code: str) -> Response:
        self.read_query(request)
        for unit in board.load(catalogue.counts()[0], totals_only=True).units:
            if unit.code == code:
                return Response(self.get_serializer(unit).data)
        raise Http404
