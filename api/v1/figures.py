"""Published figures and what they count."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import Resource
from api.v1.queries import CODE, MonthField, PageQuery
from kooperacja.indicators import Indicator
from region.monitoring import catalogue
from region.monitoring.models import Figure, Publication


class LabelSerializer(serializers.Serializer[Any]):
    """One value of a dimension."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class IndicatorSerializer(serializers.Serializer[Indicator]):
    """An indicator: its definition and its clause."""

    code = serializers.CharField()
    title = serializers.CharField()
    definition = serializers.CharField()
    clause = serializers.CharField()
    dimension = serializers.CharField()
    values = serializers.SerializerMethodField()

    @extend_schema_field(LabelSerializer(many=True))
    def get_values(self, indicator: Indicator) -> list[dict[str, str]]:
        return [{"code": code, "label": label} for code, label in indicator.labels.items()]


class Indicators(Resource):
    """The catalogue."""

    query = PageQuery
    serializer_class = IndicatorSerializer

    @extend_schema(summary="Katalog wskaźników", responses=IndicatorSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.page(catalogue.indicators(), request, self.read_query(request))


class FigureSerializer(serializers.Serializer[Figure]):
    """One published number."""

    indicator = serializers.CharField()
    tenant = serializers.CharField(source="tenant.unit.code", help_text="Kod TERYT.")
    month = MonthField(source="period_on", help_text="RRRR-MM")
    dimension = serializers.SerializerMethodField(help_text="null oznacza „razem”.")
    value = serializers.IntegerField(min_value=0)
    computed_at = serializers.DateTimeField()

    def get_dimension(self, figure: Figure) -> str | None:
        return figure.dimension or None


class FiguresQuery(PageQuery):
    """Filters of the figures."""

    indicator = serializers.ChoiceField(
        choices=[(one.code, one.title) for one in catalogue.indicators()], required=False
    )
    tenant = serializers.RegexField(CODE, required=False, help_text="Kod TERYT jednostki.")

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python, so these two are named here."""
        return super().get_fields() | {
            "from": MonthField(required=False, help_text="Od miesiąca RRRR-MM."),
            "to": MonthField(required=False, help_text="Do miesiąca RRRR-MM."),
        }


class Figures(Resource):
    """Published figures, the oldest month first."""

    query = FiguresQuery
    serializer_class = FigureSerializer

    @extend_schema(
        summary="Opublikowane liczby",
        responses={
            200: FigureSerializer(many=True),
            304: OpenApiResponse(description="Nic się nie zmieniło od podanego ETag"),
        },
    )
    def get(self, request: Request) -> Response:
        query = self.read_query(request)
        etag = f'W/"{Publication.objects.revision()}-{catalogue.digest()}"'
        if request.headers.get("If-None-Match") == etag:
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": etag})
        response = self.page(_found(query), request, query)
        response["ETag"] = etag
        return response


def _found(query: dict[str, Any]) -> QuerySet[Figure]:
    figures = Figure.objects.select_related("tenant__unit").order_by(
        "period_on", "tenant__unit__code", "indicator", "dimension"
    )
    if "indicator" in query:
        figures = figures.filter(indicator=query["indicator"])
    if "tenant" in query:
        figures = figures.filter(tenant__unit__code=query["tenant"])
    if "from" in query:
        figures = figures.filter(period_on__gte=query["from"])
    if "to" in query:
        figures = figures.filter(period_on__lte=query["to"])
    return figures
