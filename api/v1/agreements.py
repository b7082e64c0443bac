"""Agreements, their parties and their signatures (POR)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import TenantResource
from api.v1.queries import PageQuery
from kooperacja.ui.problems import Missing
from tenants.accession.workflow import SignatureMode
from tenants.agreements import perms
from tenants.agreements.amended import amendments_of, units_on
from tenants.agreements.clauses import Variant
from tenants.agreements.consolidated import text_of
from tenants.agreements.models import (
    Accession,
    Agreement,
    Amendment,
    Departure,
    Party,
    Signature,
)
from tenants.agreements.models.accessions import ACCESSION_PAPER
from tenants.agreements.models.agreements import Force, Signers
from tenants.agreements.models.amendments import AMENDMENT_PAPER
from tenants.agreements.models.parties import EndKind
from tenants.agreements.sides import concerned_by
from tenants.agreements.standing import Standing
from tenants.agreements.units import Named
from tenants.agreements.workflow import AccessionState, AgreementState, AmendmentState, PartyState
from tenants.people.models import Person, Sector


class Under(TextChoices):
    """The papers of an agreement that its parties sign."""

    AGREEMENT = "AGREEMENT", "porozumienie"
    ACCESSION = "ACCESSION", "dokument przystąpienia"
    AMENDMENT = "AMENDMENT", "aneks"


_UNDER = {ACCESSION_PAPER: Under.ACCESSION, AMENDMENT_PAPER: Under.AMENDMENT}
_VARIANTS = [(one.value, f"wariant {one}") for one in Variant]


class UnitOfAgreementSerializer(serializers.Serializer[Any]):
    """A gmina for which the agreement is made."""

    code = serializers.CharField(help_text="TERYT.")
    name = serializers.CharField()


class AgreementSerializer(serializers.Serializer[Agreement]):
    """An agreement; a draft is seen by its writers and, once shared, by its parties."""

    id = serializers.UUIDField()
    number = serializers.CharField(
        help_text="Numer porozumienia; pusty, dopóki nie przekazano go do podpisu."
    )
    variant = serializers.ChoiceField(choices=_VARIANTS)
    state = serializers.ChoiceField(choices=AgreementState.choices)
    units = serializers.SerializerMethodField()
    county = serializers.CharField()
    shared_on = serializers.DateField(allow_null=True, help_text="Strony czytają projekt od.")
    sent_on = serializers.DateField(allow_null=True, help_text="Przekazano do podpisu.")
    sign_by = serializers.DateField(allow_null=True, help_text="Ostatni dzień na podpisy.")
    in_force_from = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(
        allow_null=True, help_text="Pierwszy dzień, w którym nie obowiązuje; może dopiero nadejść."
    )

    @extend_schema_field(UnitOfAgreementSerializer(many=True))
    def get_units(self, agreement: Agreement) -> list[Named]:
        return self._units[agreement.pk]

    @cached_property
    def _units(self) -> dict[UUID, list[Named]]:
        """Those of every agreement that is shown, asked for once."""
        shown: Any = self.parent.instance if self.parent else [self.instance]
        return units_on(shown, timezone.localdate())


class ClauseOfAgreementSerializer(serializers.Serializer[Any]):
    """A clause as it is read, its blanks filled in."""

    name = serializers.CharField(help_text="Jak się ją cytuje, na przykład § 2 ust. 3.")
    text = serializers.CharField()


class AmendmentOfAgreementSerializer(serializers.Serializer[Amendment]):
    """An aneks of an agreement."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(
        allow_null=True, help_text="null, dopóki nie przekazano go do podpisu."
    )
    state = serializers.ChoiceField(choices=AmendmentState.choices)
    dated_on = serializers.DateField(allow_null=True)
    sent_on = serializers.DateField(allow_null=True, help_text="Przekazano do podpisu.")
    sign_by = serializers.DateField(allow_null=True, help_text="Ostatni dzień na podpisy.")
    in_force_from = serializers.DateField(allow_null=True)


class WholeAgreementSerializer(AgreementSerializer):
    """An agreement with its text of today, which has in it what aneksy in force changed."""

    force = serializers.ChoiceField(choices=Force.choices, help_text="Kiedy wchodzi w życie.")
    amended_by = serializers.ChoiceField(
        choices=Signers.choices,
        allow_blank=True,
        help_text="Kto podpisuje aneks; puste, gdy porozumienia jeszcze o to nie pytano.",
    )
    copies_count = serializers.IntegerField(allow_null=True, help_text="Liczba egzemplarzy.")
    clauses = serializers.SerializerMethodField()
    amendments = serializers.SerializerMethodField()

    @extend_schema_field(AmendmentOfAgreementSerializer(many=True))
    def get_amendments(self, agreement: Agreement) -> Any:
        rows: Any = perms.known_amendments(self.context["reader"], amendments_of(agreement))
        return AmendmentOfAgreementSerializer(rows, many=True).data

    @extend_schema_field(ClauseOfAgreementSerializer(many=True))
    def get_clauses(self, agreement: Agreement) -> Any:
        return ClauseOfAgreementSerializer(text_of(agreement).everything(), many=True).data


@dataclass(frozen=True, slots=True)
class PartyNow:
    """A party with its part in the agreement as of today."""

    party: Party
    signed_on: date | None
    signed_under: Under | None
    bound_from: date | None
    ended_on: date | None
    successor: UUID | None

    @property
    def end_kind(self) -> str | None:
        return self.party.end_kind or None


class AgreementPartySerializer(serializers.Serializer[PartyNow]):
    """A party of an agreement and how far its part has come."""

    id = serializers.UUIDField(source="party.pk")
    number = serializers.IntegerField(source="party.position")
    name = serializers.CharField(
        source="party.name_now", help_text="Nazwa dziś; w tekście zostaje ta z jego dnia."
    )
    organisation = serializers.UUIDField(
        source="party.organisation_id",
        allow_null=True,
        help_text="Instytucja z rejestru; null: ośrodek albo instytucja spoza rejestru.",
    )
    is_office = serializers.BooleanField(source="party.is_office", help_text="Stroną jest ośrodek.")
    sector = serializers.ChoiceField(
        choices=Sector.choices,
        source="party.organisation.sector",
        allow_null=True,
        default=None,
        help_text="null: ośrodek albo instytucja spoza rejestru.",
    )
    state = serializers.ChoiceField(choices=PartyState.choices, source="party.state")
    signed_on = serializers.DateField(allow_null=True)
    signed_under = serializers.ChoiceField(
        choices=Under.choices, allow_null=True, help_text="Co podpisała, żeby być Stroną."
    )
    bound_from = serializers.DateField(
        allow_null=True,
        help_text="Od kiedy porozumienie ją wiąże albo wiązało; null: nigdy nie wiązało.",
    )
    acceded_on = serializers.DateField(
        source="party.acceded_on", allow_null=True, help_text="Późniejsze przystąpienie."
    )
    ended_on = serializers.DateField(
        allow_null=True,
        help_text="Pierwszy dzień, w którym jej nie wiąże; może dopiero nadejść.",
    )
    end_kind = serializers.ChoiceField(
        choices=EndKind.choices, allow_null=True, help_text="Jak skończył się udział tej Strony."
    )
    successor = serializers.UUIDField(
        allow_null=True, help_text="Strona tego porozumienia, która przejęła jej udział."
    )


class AgreementSignatureSerializer(serializers.Serializer[Any]):
    """A signature with what it lies under; how and by whom only for the office and the parties."""

    party = serializers.UUIDField(source="party_id")
    under = serializers.SerializerMethodField(help_text="Co podpisano.")
    amendment = serializers.SerializerMethodField(help_text="Aneks, jeśli podpisano aneks.")
    signed_on = serializers.DateField()
    mode = serializers.SerializerMethodField()
    signer = serializers.SerializerMethodField()
    function = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=Under.choices))
    def get_under(self, signature: Signature) -> str:
        return _UNDER.get(signature.document.kind, Under.AGREEMENT)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_amendment(self, signature: Signature) -> UUID | None:
        paper = signature.document
        return paper.subject if paper.kind == AMENDMENT_PAPER else None

    @extend_schema_field(serializers.ChoiceField(choices=SignatureMode.choices, allow_null=True))
    def get_mode(self, signature: Signature) -> str | None:
        return self._known(signature, signature.mode)

    def get_signer(self, signature: Signature) -> str | None:
        return self._known(signature, signature.signer)

    def get_function(self, signature: Signature) -> str | None:
        return self._known(signature, signature.function)

    def _known(self, signature: Signature, value: str) -> str | None:
        """How an aneks was signed is known to fewer than how the agreement was."""
        return value if signature.document_id in self.context["known"] else None


class AgreementsQuery(PageQuery):
    """Filters of the list."""

    state = serializers.ChoiceField(
        choices=AgreementState.choices, required=False, help_text="Tylko w tym stanie."
    )


class AgreementResource(TenantResource):
    """Base of the addresses of agreements."""

    serializer_class: Any = AgreementSerializer

    def seen(self, request: Request) -> "tuple[Person | None, QuerySet[Agreement]]":
        """The caller, and the agreements that exist for them."""
        person = self.person(request)
        perms.see_agreements.require(person)
        return person, Agreement.objects.read_by(person)

    def one(self, request: Request, pk: UUID) -> tuple[Person | None, Agreement]:
        person, rows = self.seen(request)
        agreement = rows.select_related("signed_text").filter(pk=pk).first()
        if agreement is None:
            raise Missing("Nie ma takiego porozumienia", perms.see_agreement.why)
        return person, agreement


class Agreements(AgreementResource):
    """Agreements, the one begun last first."""

    query = AgreementsQuery

    @extend_schema(summary="Porozumienia", responses=AgreementSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        _, rows = self.seen(request)
        query: dict[str, Any] = self.read_query(request)
        if state := query.get("state"):
            rows = rows.filter(state=state)
        return self.page(rows.order_by("-created_at", "-pk"), request, query)


class OneAgreement(AgreementResource):
    """One of them as it is read."""

    serializer_class = WholeAgreementSerializer

    @extend_schema(summary="Jedno porozumienie", responses=WholeAgreementSerializer)
    def get(self, request: Request, code: str, agreement_id: UUID) -> Response:
        self.reader, agreement = self.one(request, agreement_id)
        self.read_query(request)
        return Response(self.get_serializer(agreement).data)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "reader": getattr(self, "reader", None)}


class AgreementParties(AgreementResource):
    """The parties of an agreement in the order of its text."""

    query = PageQuery
    serializer_class = AgreementPartySerializer

    @extend_schema(summary="Strony porozumienia", responses=AgreementPartySerializer(many=True))
    def get(self, request: Request, code: str, agreement_id: UUID) -> Response:
        _, agreement = self.one(request, agreement_id)
        query: dict[str, Any] = self.read_query(request)
        return self.page(_parties(agreement), request, query)


class AgreementSignatures(AgreementResource):
    """The valid signatures under an agreement, its accessions and aneksy, as they were entered."""

    query = PageQuery
    serializer_class = AgreementSignatureSerializer

    @extend_schema(
        summary="Podpisy pod porozumieniem", responses=AgreementSignatureSerializer(many=True)
    )
    def get(self, request: Request, code: str, agreement_id: UUID) -> Response:
        person, agreement = self.one(request, agreement_id)
        query: dict[str, Any] = self.read_query(request)
        aneksy = perms.known_amendments(person, amendments_of(agreement))
        own, late = agreement.document_id, [*_acceded(agreement).values_list("document", flat=True)]
        papers = [own, *late, *(one.document_id for one in aneksy)]
        self.known = _known_papers(person, agreement, [own, *late], aneksy)
        rows = Signature.objects.valid_under(papers).select_related("document")
        return self.page(rows, request, query)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "known": getattr(self, "known", frozenset())}


def _known_papers(
    person: Person | None,
    agreement: Agreement,
    of_parties: list[UUID | None],
    aneksy: list[Amendment],
) -> frozenset[UUID | None]:
    """Papers of which the reader may know how and by whom each was signed."""
    concerned = concerned_by(person, aneksy)
    of_aneksy = [one.document_id for one in aneksy if one.pk in concerned]
    is_side = perms.take_to_sign(person, agreement)
    return frozenset([*(of_parties if is_side else []), *of_aneksy])


def _acceded(agreement: Agreement) -> "QuerySet[Accession]":
    return agreement.accessions.filter(state=AccessionState.SIGNED).order_by("pk")


def _parties(agreement: Agreement) -> list[PartyNow]:
    """Every party, with the days from and to which the agreement binds it."""
    standing = Standing(agreement)
    signed = {party.pk: (on, Under.AGREEMENT) for party, on in standing.signed.items()}
    late = _acceded(agreement).values_list("party", "signature__signed_on")
    signed |= {party: (on, Under.ACCESSION) for party, on in late}
    days, rows = standing.days, Departure.objects.valid().exclude(successor=None)
    successors = dict(rows.filter(party__agreement=agreement).values_list("party", "successor"))
    found = []
    for party in standing.parties:
        since, until = days.get(party, (None, None))
        on, under = signed.get(party.pk, (None, None))
        found.append(PartyNow(party, on, under, since, until, successors.get(party.pk)))
    return found
