"""Declarations of accession: read, begun, filled in and filed (REG §1.5 s.1).

The Lider's decision has no address here: a person takes it, on the pages.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from uuid6 import uuid7

from api.v1.base import SeenResource
from api.v1.fields import FlagField, KeyField
from api.v1.forms import (
    AskingSerializer,
    FormSerializer,
    KeyedSerializer,
    VersionedSerializer,
    checked,
)
from api.v1.queries import PageQuery
from kooperacja.permissions import Permission
from kooperacja.tenancy.context import inside
from kooperacja.ui.problems import Missing
from tenants.accession import perms
from tenants.accession.actions import declarations
from tenants.accession.forms.declarations import (
    CoordinatorForm,
    FilingForm,
    NewDeclarationForm,
    SignatoryForm,
    SignedDeclarationForm,
    StatementsForm,
)
from tenants.accession.models.annexes import AnnexKind, DeclarationAnnex
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.workflow import DeclarationState, SignatureMode
from tenants.people.models import Organisation, Person

_RELATED = ("organisation", "signatory", "coordinator", "regulation")
_ANNEXES = Prefetch(
    "annexes",
    DeclarationAnnex.objects.kept().select_related("file", "filed_with").order_by("added_at", "pk"),
    to_attr="listed_annexes",
)


class AnnexSerializer(serializers.Serializer[DeclarationAnnex]):
    """A file beside the signed declaration."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=AnnexKind.choices)
    name = serializers.CharField(source="file.original_name", help_text="Nazwa pliku.")
    size = serializers.IntegerField(source="file.size", help_text="Wielkość w bajtach.")
    filed_on = serializers.DateField(
        source="filed_with.happened_on",
        allow_null=True,
        help_text="Kiedy złożono go razem z deklaracją.",
    )


class DeclarationSerializer(serializers.Serializer[AccessionDeclaration]):
    """A declaration as far as it has come."""

    id = serializers.UUIDField()
    organisation = serializers.UUIDField(source="organisation_id")
    organisation_name = serializers.CharField(source="organisation.name")
    state = serializers.ChoiceField(choices=DeclarationState.choices)
    signatory = serializers.CharField(
        source="signatory.full_name", allow_null=True, help_text="Kto podpisuje."
    )
    signatory_function = serializers.CharField()
    coordinator = serializers.CharField(
        source="coordinator.full_name",
        allow_null=True,
        help_text="Koordynator Partnerstwa (§ 1 ust. 3 lit. a).",
    )
    coordinator_position = serializers.CharField()
    regulation = serializers.UUIDField(
        source="regulation_id", allow_null=True, help_text="Przyjęta wersja regulaminu."
    )
    publish_consent = serializers.BooleanField()
    case_mark = serializers.CharField()
    mode = serializers.ChoiceField(choices=SignatureMode.choices)
    signed_on = serializers.DateField(allow_null=True)
    signed_place = serializers.CharField()
    received_on = serializers.DateField(allow_null=True, help_text="Dzień wpływu do Lidera.")
    decision_due = serializers.DateField(allow_null=True, help_text="Do kiedy Lider decyduje.")
    decided_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(help_text="Uzasadnienie zwrotu albo odmowy.")
    annexes = AnnexSerializer(
        source="listed_annexes", many=True, help_text="Pełnomocnictwo i inne załączniki."
    )
    annotation = serializers.CharField(help_text="Adnotacja Lidera o przyjęciu.")
    version = serializers.IntegerField(help_text="Podaj ją, gdy zmieniasz deklarację.")


class NewDeclarationSerializer(KeyedSerializer):
    """The institution that declares."""

    FORM = NewDeclarationForm


class SignatorySerializer(AskingSerializer, VersionedSerializer):
    """The person who signs for the institution."""

    FORM = SignatoryForm


class CoordinatorSerializer(AskingSerializer, VersionedSerializer):
    """The coordinator that the institution delegates."""

    FORM = CoordinatorForm


class StatementsSerializer(VersionedSerializer):
    """The statements of the institution."""

    FORM = StatementsForm
    WITHOUT = frozenset({"accepts"})  # a program names the version instead

    regulation = KeyField(
        source="regulation_id",
        help_text="Przyjmowana wersja regulaminu: ta, która dziś obowiązuje.",
    )
    publish_consent = FlagField(help_text="Zgoda na publikację w wykazie członków.")


class OwnFilingSerializer(FormSerializer):
    """The signed document; it is received the moment it is sent."""

    FORM = SignedDeclarationForm
    HELP = {
        "file": "Podpisana deklaracja, do 20 MB: PDF, a z podpisem elektronicznym także XAdES albo "
        "ASiC z dokumentem PDF w środku."
    }


class FilingSerializer(FormSerializer):
    """The signed document as the office got it, and what it says."""

    FORM = FilingForm
    WITHOUT = frozenset({"regulation_id"})  # a program names the version instead
    HELP = {
        **OwnFilingSerializer.HELP,
        "received_on": "Dzień wpływu do Lidera.",
        "publish_consent": "Zgoda na publikację w wykazie.",
    }

    regulation = KeyField(
        source="regulation_id", help_text="Przyjęta wersja regulaminu: ta, która dziś obowiązuje."
    )


class DeclarationsQuery(PageQuery):
    """Filters of the list."""

    state = serializers.ChoiceField(choices=DeclarationState.choices, required=False)


class DeclarationResource(SeenResource):
    """Base of the addresses of declarations."""

    serializer_class = DeclarationSerializer

    def seen(self, request: Request) -> tuple[Person, QuerySet[AccessionDeclaration]]:
        """The caller, and the declarations that exist for them."""
        person = self.person(request)
        perms.list_declarations.require(person)
        assert person is not None
        rows = perms.declarations_seen_by(person).select_related(*_RELATED)
        return person, rows.prefetch_related(_ANNEXES)

    def change(
        self, request: Request, pk: UUID, act: Callable[..., Any], **values: Any
    ) -> Response:
        """Do what a page does; its messages lead to pages, so among the tenant's URLs."""
        with inside(self.tenant(request)):
            act(by=self.actor(request), declaration_id=pk, **values)
        return self.answer(pk)


class Declarations(DeclarationResource):
    """Declarations the caller may see, the latest first."""

    query = DeclarationsQuery

    @extend_schema(summary="Deklaracje przystąpienia", responses=DeclarationSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        _, rows = self.seen(request)
        query = self.read_query(request)
        if "state" in query:
            rows = rows.filter(state=query["state"])
        return self.page(rows.order_by("-created_at", "pk"), request, query)

    @extend_schema(
        summary="Rozpoczęcie deklaracji",
        request=NewDeclarationSerializer,
        responses={200: DeclarationSerializer, 201: DeclarationSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        perms.enter_declarations.require(self.person(request))
        sent = NewDeclarationSerializer.read(request)
        key = sent.get("id") or uuid7()
        if self.rows().filter(pk=key).exists():
            return self.answer(key)
        values = {"key": key, "organisation": sent["organisation"]}
        form = NewDeclarationForm(values, organisations=Organisation.objects.all())
        with inside(self.tenant(request)):
            declarations.draft_declaration(by=self.actor(request), **checked(form))
        return self.answer(key, status.HTTP_201_CREATED)


class OneDeclaration(DeclarationResource):
    """One declaration."""

    @extend_schema(summary="Jedna deklaracja")
    def get(self, request: Request, code: str, declaration_id: UUID) -> Response:
        _, rows = self.seen(request)
        self.read_query(request)
        return Response(self.get_serializer(_one(rows, declaration_id)).data)


class DeclarationPart(DeclarationResource):
    """A part of a declaration not yet filed."""

    def require_editor(self, request: Request, pk: UUID) -> None:
        self.editing(request, pk)

    def editing(self, request: Request, pk: UUID) -> dict[str, Any]:
        """Among whom the people that are named may be already; shown to the office alone."""
        person, rows = self.seen(request)
        perms.edit_declaration.require(person, declaration := _one(rows, pk))
        is_office = perms.enter_declarations(person)
        return {"organisation": declaration.organisation, "everybody": True} if is_office else {}


class DeclarationSignatory(DeclarationPart):
    """Name the signatory."""

    @extend_schema(
        summary="Osoba podpisująca", request=SignatorySerializer, responses=DeclarationSerializer
    )
    def put(self, request: Request, code: str, declaration_id: UUID) -> Response:
        among = self.editing(request, declaration_id)
        values = checked(SignatoryForm(SignatorySerializer.read(request), **among))
        return self.change(request, declaration_id, declarations.name_signatory, **values)


class DeclarationCoordinator(DeclarationPart):
    """Name the coordinator."""

    @extend_schema(
        summary="Koordynator Partnerstwa",
        request=CoordinatorSerializer,
        responses=DeclarationSerializer,
    )
    def put(self, request: Request, code: str, declaration_id: UUID) -> Response:
        among = self.editing(request, declaration_id)
        values = checked(CoordinatorForm(CoordinatorSerializer.read(request), **among))
        return self.change(request, declaration_id, declarations.name_coordinator, **values)


class DeclarationStatements(DeclarationPart):
    """The statements of the institution before it signs."""

    @extend_schema(
        summary="Oświadczenia instytucji",
        request=StatementsSerializer,
        responses=DeclarationSerializer,
    )
    def put(self, request: Request, code: str, declaration_id: UUID) -> Response:
        self.require_editor(request, declaration_id)
        values = StatementsSerializer.read(request)
        return self.change(request, declaration_id, declarations.make_statements, **values)


class Filing(DeclarationPart):
    """Hands in the signed document; sent again, nothing more happens."""

    parser_classes = [MultiPartParser]

    def hand_in(
        self,
        request: Request,
        pk: UUID,
        may: Permission[...],
        serializer: type[FormSerializer],
        act: Callable[..., Any],
    ) -> Response:
        person, rows = self.seen(request)
        declaration = _one(rows, pk)
        may.require(person, *([] if may.is_of_person else [declaration]))
        values = serializer.read(request)
        if declaration.state == DeclarationState.FILED:
            return self.answer(pk)
        return self.change(request, pk, act, **values)


class DeclarationFile(Filing):
    """The office hands in what it got."""

    @extend_schema(
        summary="Złożenie deklaracji przez ośrodek",
        request={"multipart/form-data": FilingSerializer},
        responses={200: DeclarationSerializer},
    )
    def post(self, request: Request, code: str, declaration_id: UUID) -> Response:
        may, act = perms.enter_declarations, declarations.file_declaration
        return self.hand_in(request, declaration_id, may, FilingSerializer, act)


class DeclarationOwnFile(Filing):
    """The person whom the office invited hands in what was signed; it is received today."""

    @extend_schema(
        summary="Złożenie deklaracji przez zaproszoną osobę",
        request={"multipart/form-data": OwnFilingSerializer},
        responses={200: DeclarationSerializer},
    )
    def post(self, request: Request, code: str, declaration_id: UUID) -> Response:
        may, act = perms.fill_in_declaration, declarations.file_own_declaration
        return self.hand_in(request, declaration_id, may, OwnFilingSerializer, act)


def _one(rows: QuerySet[AccessionDeclaration], pk: UUID) -> AccessionDeclaration:
    if declaration := rows.filter(pk=pk).first():
        return declaration
    raise Missing("Nie ma takiej deklaracji", "Widzi ją Lider i instytucja, która ją składa.")
