"""The parties sign an aneks, refuse, and think better of a refusal (POR-C signatures)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.polish import pl_date
from tenants.agreements import perms
from tenants.agreements.actions import amendment_force as force
from tenants.agreements.actions import amendment_telling as telling
from tenants.agreements.actions import signing
from tenants.agreements.actions.day_first import day_first
from tenants.agreements.models import Amendment, AmendmentSide, Signature
from tenants.people.models import Person


@day_first(force.look_for, "side_id")
@work_first
def sign(
    *,
    by: Actor,
    side_id: UUID,
    key: UUID,
    document: UUID,
    file: "UploadedFile[Any]",
    values: dict[str, Any],
    basis_file: "UploadedFile[Any] | None" = None,
) -> Signature:
    """Enter the signature of a party, with the same file, basis and checks as under the agreement."""
    side = _locked(by, side_id)
    dated = side.amendment.dated_on
    if side.amendment.is_signing and dated and values["signed_on"] < dated:
        words = f"Aneks ma datę {pl_date(dated)} Podpis nie może być wcześniejszy."
        raise ValidationError({"signed_on": words})
    signature = signing.enter(by, side, key, document, file, values, basis_file)
    telling.tell_signed(by=by, side=side)
    force.look(by=by, amendment=side.amendment)
    return signature


@day_first(force.look_for, "side_id")
@transaction.atomic
def refuse(
    *, by: Actor, side_id: UUID, version: int, reason: str, guard_reason: str = ""
) -> AmendmentSide:
    """Say that a party does not sign, and why; it may still think better of it."""
    side = _locked(by, side_id)
    signing.turn_down(by, side, version, reason)
    keep_reason(by, side, guard_reason)
    telling.tell_refused(by=by, side=side, reason=reason)
    force.look(by=by, amendment=side.amendment)
    return side


@day_first(force.look_for, "side_id")
@transaction.atomic
def come_back(*, by: Actor, side_id: UUID, version: int) -> AmendmentSide:
    """Take a refusal back, so that the party may sign."""
    side = _locked(by, side_id)
    signing.think_better(by, side, version)
    telling.tell_returned(by=by, side=side)
    force.look(by=by, amendment=side.amendment)
    return side


def _locked(by: Actor, side_id: UUID) -> AmendmentSide:
    """A party that must sign an aneks that its people see; the aneks is locked first."""
    amendment_id = AmendmentSide.objects.values_list("amendment", flat=True).get(pk=side_id)
    amendment = Amendment.objects.select_for_update().get(pk=amendment_id)
    person = Person.objects.acting(by)
    perms.see_amendment.require(person, amendment)
    rows = AmendmentSide.objects.select_related("party").select_for_update(of=("self",))
    side = rows.get(pk=side_id)
    side.amendment = amendment
    perms.sign_amendment.require(person, side)
    return side
