"""A signed copy of the regulation is added to the version that it is of (REG §2.11)."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import keeper_of
from kooperacja.documents.work_first import work_first
from kooperacja.writes import AlreadySaved, insert_once
from tenants.people.models import Person
from tenants.regulation import perms
from tenants.regulation.actions.versions import require_state
from tenants.regulation.models import RegulationVersion, SignedCopy
from tenants.regulation.papers import SIGNED_REGULATION
from tenants.regulation.workflow import RegulationState


@work_first
def attach_signed_copy(
    *,
    by: Actor,
    key: UUID,
    regulation_id: UUID,
    upload: "UploadedFile[Any]",
    is_electronic: bool = False,
) -> SignedCopy:
    """Keep one more signed copy of an adopted version; those before it stay."""
    version = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    perms.attach_signed_copy.require(Person.objects.acting(by))
    if saved := SignedCopy.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_state(version, RegulationState.ADOPTED)
    keep = keeper_of(is_electronic=is_electronic)
    file = keep(by=by, upload=upload, kind=SIGNED_REGULATION)
    copy = SignedCopy(id=key, regulation=version, file=file, actor_name=by.name[:200])
    insert_once(copy)
    record(by=by, verb="SIGNED_COPY_ATTACHED", obj=version, data={"sha256": [None, file.sha256]})
    return copy
