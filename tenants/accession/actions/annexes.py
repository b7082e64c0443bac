"""Files are added to a declaration that is being prepared, and taken away again (REG §1.5)."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import keeper_of
from kooperacja.documents.work_first import work_first
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, insert_once
from tenants.accession import perms
from tenants.accession.actions.declarations import editable
from tenants.accession.models.annexes import DeclarationAnnex
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.papers import DECLARATION_ANNEX
from tenants.accession.rules import MOST_ANNEXES


@work_first
def add_annex(
    *,
    by: Actor,
    key: UUID,
    declaration_id: UUID,
    kind: str,
    file: "UploadedFile[Any]",
    is_electronic: bool = False,
) -> DeclarationAnnex:
    """Add a file to a declaration that is being prepared, or corrected."""
    declaration = editable(by, declaration_id)
    if saved := DeclarationAnnex.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_room(declaration)
    keep = keeper_of(is_electronic=is_electronic)
    annex = DeclarationAnnex(
        id=key,
        declaration=declaration,
        kind=kind,
        file=keep(by=by, upload=file, kind=DECLARATION_ANNEX),
    )
    insert_once(annex)
    record(by=by, verb="ANNEX_ADDED", obj=annex, data={"kind": [None, kind]})
    return annex


@transaction.atomic
def remove_annex(*, by: Actor, annex_id: UUID) -> DeclarationAnnex:
    """Take a file away that was not filed yet; from now on nobody opens it."""
    declaration_id = DeclarationAnnex.objects.values_list("declaration").get(pk=annex_id)[0]
    declaration = editable(by, declaration_id)
    annex = DeclarationAnnex.objects.select_for_update().get(pk=annex_id)
    if annex.removed_at is not None:
        raise AlreadySaved(annex)
    require_removable(annex)
    annex.declaration = declaration
    annex.removed_at = timezone.now()
    annex.save(update_fields=["removed_at"])
    record(by=by, verb="ANNEX_REMOVED", obj=annex)
    return annex


def require_room(declaration: AccessionDeclaration) -> None:
    """A declaration has so many files beside it and no more."""
    if declaration.annexes.kept().count() >= MOST_ANNEXES:
        raise Problem(
            "Ta deklaracja ma już wszystkie załączniki, ile może mieć",
            f"Może ich mieć {MOST_ANNEXES}. Usuń niepotrzebny albo połącz pliki w jeden PDF.",
            clause=perms.edit_declaration.clause,
            kept="Tego pliku nie zapisaliśmy.",
            at=declaration,
            action="Przejdź do deklaracji",
        )


def require_removable(annex: DeclarationAnnex) -> None:
    """A file stays with the declaration with which it was filed."""
    if not annex.is_removable:
        raise Problem(
            "Tego załącznika nie można już usunąć",
            "Złożono go razem z deklaracją, więc zostaje w jej dokumentach. Jeśli ma go zastąpić "
            "inny, dodaj nowy.",
            clause=perms.edit_declaration.clause,
            kept=NOTHING_DONE,
            at=annex.declaration,
            action="Przejdź do deklaracji",
        )
