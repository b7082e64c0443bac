"""A copy of a signed agreement is handed over (POR preamble)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_upload
from kooperacja.documents.work_first import work_first
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, insert_once
from tenants.agreements import perms
from tenants.agreements.models import Agreement, CopyHandover, Party
from tenants.agreements.models.parties import PartyQuerySet
from tenants.agreements.papers import COPY_RECEIPT
from tenants.agreements.workflow import PartyState
from tenants.people.models import Person


@work_first
def hand_over(
    *,
    by: Actor,
    agreement_id: UUID,
    key: UUID,
    values: dict[str, Any],
    receipt: "UploadedFile[Any] | None" = None,
) -> CopyHandover:
    """Enter that a copy went to a party or to the office, on a day and in a way."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if saved := CopyHandover.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_signed(agreement)
    _require_valid(agreement, values, by.today)
    row = CopyHandover(
        id=key,
        agreement=agreement,
        receipt=_stored(by, values["copy"], receipt),
        actor_name=by.name[:200],
        **values,
    )
    insert_once(row)
    data = {"copy": [None, row.copy], "holder": [None, row.holder]}
    record(by=by, verb="AGREEMENT_COPY_HANDED", obj=agreement, data=data)
    return row


def require_signed(agreement: Agreement) -> None:
    """Raise why there is no copy to hand over yet."""
    if agreement.in_force_from is None:
        raise Problem(
            "Egzemplarze przekazuje się, gdy porozumienie obowiązuje",
            f"Stan porozumienia: {agreement.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )


def holders(agreement: Agreement) -> PartyQuerySet:
    """Parties that may get a copy: whoever is only about to accede is none yet."""
    rows = Party.objects.with_names().filter(agreement=agreement)
    return rows.exclude(state=PartyState.JOINING)


def _require_valid(agreement: Agreement, values: dict[str, Any], today: date) -> None:
    """A copy that there is, a party of this agreement, and a day that follows the one before."""
    wrong: dict[str, str] = {}
    party, day, copy = values["party"], values["handed_on"], values["copy"]
    if not 1 <= copy <= (agreement.copies_count or 0):
        wrong["copy"] = "Porozumienie nie ma egzemplarza o tym numerze."
    if party is not None and not holders(agreement).filter(pk=party.pk).exists():
        wrong["party"] = "Ta instytucja nie jest Stroną tego porozumienia."
    assert agreement.sent_on is not None  # the database keeps none in force without it
    before = agreement.handovers.filter(copy=copy).order_by("entered_at", "pk").last()
    first = before.handed_on if before else agreement.sent_on
    if day > today:
        wrong["handed_on"] = "Wpisz dzień, który już był."
    elif day < first:
        wrong["handed_on"] = f"Wpisz dzień nie wcześniejszy niż {pl_date(first)}"
    if wrong:
        raise ValidationError(wrong)


def _stored(by: Actor, copy: int, receipt: "UploadedFile[Any] | None") -> Any:
    if receipt is None:
        return None
    name = file_name(f"Potwierdzenie odbioru egzemplarza nr {copy}", ".pdf")
    return store_upload(by=by, upload=receipt, kind=COPY_RECEIPT, name=name, field="receipt")
