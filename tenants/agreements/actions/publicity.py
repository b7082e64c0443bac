"""Parties say where they made their accession public, and if their seat may be known (POR §2.3.5)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_upload
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, insert_once, save_edited
from tenants.agreements import perms
from tenants.agreements.actions.protecting import protection_of, tell_protection
from tenants.agreements.actions.signing import file_named
from tenants.agreements.later_papers import PUBLICITY_FILE
from tenants.agreements.models import Agreement, Party, Publicity
from tenants.agreements.standing import Standing
from tenants.agreements.workflow import AgreementState
from tenants.people.models import Person

MOST = 50


@work_first
def add(
    *,
    by: Actor,
    party_id: UUID,
    key: UUID,
    values: dict[str, Any],
    file: "UploadedFile[Any] | None" = None,
    guard_reason: str = "",
) -> Publicity:
    """Enter where and when a party made it public: a page, a file, or both."""
    party = _locked(by, party_id)
    if saved := Publicity.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_bound(party, by.today)
    _require_evidence(by, values, bool(file))
    if party.publicity.count() >= MOST:
        raise ValidationError(f"Strona może wpisać najwyżej {MOST} miejsc.")
    name = file_named(party, "Upublicznienie")
    stored = None
    if file is not None:
        stored = store_upload(by=by, upload=file, kind=PUBLICITY_FILE, name=name)
    publicity = Publicity(id=key, party=party, file=stored, actor_name=by.name[:200], **values)
    insert_once(publicity)
    record(by=by, verb="AGREEMENT_PUBLICISED", obj=party.agreement)
    keep_reason(by, party.agreement, guard_reason)
    return publicity


@transaction.atomic
def set_seat(*, by: Actor, party_id: UUID, version: int, hides_seat: bool) -> Party:
    """Say if the seat of a party may stand on the public page."""
    party = _locked(by, party_id)
    before = protection_of(party)
    changed = save_edited(party, version, {"hides_seat": hides_seat})
    tell_protection(protection_of(party), before)
    record(by=by, verb="AGREEMENT_SEAT_SHOWN", obj=party.agreement, data=changed)
    return party


def require_bound(party: Party, today: date) -> None:
    """Raise why a party has nothing to make public."""
    agreement = party.agreement
    bound = agreement.state == AgreementState.IN_FORCE and party in Standing(agreement).bound(today)
    if not bound:
        raise Problem(
            "Tej Strony porozumienie nie obowiązuje",
            "Upublicznia się przystąpienie do porozumienia, które obowiązuje.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )


def _require_evidence(by: Actor, values: dict[str, Any], has_file: bool) -> None:
    wrong = {}
    if values["published_on"] > by.today:
        wrong["published_on"] = "Wpisz dzień, w którym już to opublikowano."
    if not values["address"] and not has_file:
        wrong["address"] = "Podaj adres strony albo dołącz plik."
    if wrong:
        raise ValidationError(wrong)


def _locked(by: Actor, party_id: UUID) -> Party:
    agreement_id = Party.objects.values_list("agreement", flat=True).get(pk=party_id)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    party = Party.objects.select_for_update().get(pk=party_id)
    party.agreement = agreement
    person = Person.objects.acting(by)
    perms.see_agreement.require(person, agreement)
    perms.publicise.require(person, party)
    return party
