"""Institutions of a tenant."""

from contextlib import suppress
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from uuid6 import uuid7

from api.v1.base import TenantResource
from api.v1.forms import AskingSerializer, KeyedSerializer, checked
from api.v1.queries import PageQuery
from kooperacja.tenancy.context import inside
from kooperacja.writes import AlreadySaved
from tenants.partnership import perms as partnership_perms
from tenants.partnership.institutions import institutions_on
from tenants.people import perms as people_perms
from tenants.people.actions.organisations import add_organisation
from tenants.people.forms import NewOrganisationForm
from tenants.people.models import Organisation, Sector


class OrganisationSerializer(serializers.Serializer[Organisation]):
    """An institution; a kooperant when `joined_on` is set."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    sector = serializers.ChoiceField(choices=Sector.choices)
    legal_form = serializers.CharField()
    nip = serializers.CharField()
    regon = serializers.CharField()
    krs = serializers.CharField()
    street = serializers.CharField()
    postal_code = serializers.CharField()
    city = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    website = serializers.CharField()
    edelivery = serializers.CharField()
    competences = serializers.CharField(help_text="Profil: kompetencje (§ 1 ust. 8 regulaminu).")
    ways_of_working = serializers.CharField(help_text="Profil: sposoby działania.")
    legal_basis = serializers.CharField(help_text="Profil: podstawa prawna działania.")
    joined_on = serializers.DateField(
        allow_null=True, help_text="Od kiedy jest w Partnerstwie; null, jeśli w nim nie jest."
    )


class NewOrganisationSerializer(AskingSerializer, KeyedSerializer):
    """A new institution; its numbers are checked by the form of the office."""

    FORM = NewOrganisationForm


class OrganisationsQuery(PageQuery):
    """Filters of the institutions."""

    sector = serializers.ChoiceField(choices=Sector.choices, required=False)


class Organisations(TenantResource):
    """Institutions of the tenant."""

    query = OrganisationsQuery
    serializer_class = OrganisationSerializer

    @extend_schema(summary="Instytucje jednostki", responses=OrganisationSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        partnership_perms.see_organisations.require(self.person(request))
        query = self.read_query(request)
        rows = _organisations().order_by("name", "pk")
        if "sector" in query:
            rows = rows.filter(sector=query["sector"])
        return self.page(rows, request, query)

    @extend_schema(
        summary="Wpisanie instytucji",
        request=NewOrganisationSerializer,
        responses={200: OrganisationSerializer, 201: OrganisationSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        people_perms.keep_organisations.require(self.person(request))
        sent = NewOrganisationSerializer.read(request)
        key = sent.pop("id", None) or uuid7()
        if saved := _organisations().filter(pk=key).first():
            return Response(self.get_serializer(saved).data)
        # Whoever hears of it is led to pages of the tenant, so the action runs among its URLs.
        with inside(self.tenant(request)):
            values = checked(NewOrganisationForm({**sent, "key": key}))
            with suppress(AlreadySaved):  # the same request, a moment ago
                add_organisation(by=self.actor(request), **values)
        organisation = _organisations().get(pk=key)
        return Response(self.get_serializer(organisation).data, status=status.HTTP_201_CREATED)


class OneOrganisation(TenantResource):
    """One institution."""

    serializer_class = OrganisationSerializer

    @extend_schema(summary="Jedna instytucja")
    def get(self, request: Request, code: str, organisation_id: UUID) -> Response:
        partnership_perms.see_organisations.require(self.person(request))
        self.read_query(request)
        organisation = get_object_or_404(_organisations(), pk=organisation_id)
        return Response(self.get_serializer(organisation).data)


def _organisations() -> QuerySet[Organisation]:
    return institutions_on(timezone.localdate())
