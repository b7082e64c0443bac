"""The head of signing on the page of an agreement: when it was sent, until when, its files."""

from typing import Any

from kooperacja.documents.models import Document
from kooperacja.ui.polish import pl_date
from tenants.agreements import perms
from tenants.agreements.files import borne
from tenants.agreements.models import Agreement
from tenants.agreements.signed import electronic
from tenants.agreements.text import force_said
from tenants.agreements.workflow import BINDING, OVER, AgreementState
from tenants.people.models import Person


def sending_shown(
    person: Person | None, agreement: Agreement, signing: dict[str, Any]
) -> dict[str, Any]:
    """The context of `_sending.html`, with how far the signing is; nothing of a draft."""
    if not agreement.is_frozen:
        return {"sent": None}
    assert agreement.document_id  # the database keeps no frozen agreement without it
    is_side = perms.take_to_sign(person, agreement)
    is_awaited = signing["is_awaited"]
    is_open = agreement.state in (AgreementState.SIGNING, AgreementState.FAILED)
    return {
        "sent": _facts(agreement),
        "borne": borne(agreement),
        "document": Document.objects.only("pdf_id", "docx_id").get(pk=agreement.document_id),
        "can_see_copies": agreement.in_force_from is not None
        and perms.see_copies(person, agreement),
        "can_take": is_side and (is_awaited or bool(electronic(agreement))),
        "is_awaited": is_awaited,
        "has_final": agreement.state in BINDING,
        "binds": "obowiązywał" if agreement.is_ended else "obowiązuje",
        "can_take_back": is_open and perms.write_agreements(person),
    }


def numbered(agreement: Agreement) -> str:
    """Its number, and that it is cancelled if so: what was in force keeps its own."""
    if agreement.number and agreement.state in OVER - BINDING:
        return f"{agreement.number} (anulowany)"
    return agreement.number or "bez numeru"


def _facts(agreement: Agreement) -> list[tuple[str, Any]]:
    number = agreement.texts.values_list("number", flat=True).get(pk=agreement.signed_text_id or "")
    rows: list[tuple[str, Any]] = [
        ("Numer", numbered(agreement)),
        ("Przekazano do podpisu", pl_date(agreement.sent_on)),
        ("Ostatni dzień na podpisy", pl_date(agreement.sign_by) or "nie ustalono"),
        ("Wersja tekstu", f"wersja {number}"),
        ("Podpisy na papierze", agreement.get_copies_display()),
        ("Liczba egzemplarzy", agreement.copies_count),
    ]
    if agreement.state == AgreementState.ENDED:
        days = (pl_date(agreement.in_force_from), pl_date(agreement.ended_on))
        return [("Obowiązywało od", days[0]), ("Nie obowiązuje od", days[1]), *rows]
    if agreement.in_force_from:
        return [("Obowiązuje od", pl_date(agreement.in_force_from)), *rows]
    return [*rows, ("Wejście w życie", force_said(agreement))]
