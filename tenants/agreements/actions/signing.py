"""The parties sign, refuse, and think better of a refusal (POR-C signatures)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.documents.actions import store_signed, store_upload
from kooperacja.documents.errors import AnotherDocument, RejectedUpload
from kooperacja.documents.models import StoredFile
from kooperacja.documents.work_first import work_first
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date, pl_datetime, quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.accession.workflow import SignatureMode
from tenants.agreements import perms
from tenants.agreements.actions import force, telling
from tenants.agreements.bases import SENT, Basis, wrong_basis, wrong_day
from tenants.agreements.models import Agreement, Party, Refusal, Signature
from tenants.agreements.papers import PARTY_SIGNATURE, SIGNING_BASIS
from tenants.agreements.signed import file_to_continue
from tenants.agreements.workflow import PartyState
from tenants.people.models import Person


@work_first
def sign(
    *,
    by: Actor,
    party_id: UUID,
    key: UUID,
    file: "UploadedFile[Any]",
    values: dict[str, Any],
    basis_file: "UploadedFile[Any] | None" = None,
) -> Signature:
    """Enter the signature of a party, with its file and the basis on which somebody signed."""
    party = _locked(by, party_id)
    if saved := Signature.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_to_sign(party)
    agreement = party.agreement
    assert agreement.sent_on is not None  # it lies before its parties
    days = (agreement.sent_on, agreement.sign_by)
    require_valid(values, days, bool(basis_file), by.today)
    signature = Signature(
        id=key,
        party=party,
        document=party.agreement.document,
        file=_stored(by, party, file, values["mode"]),
        basis_file=stored_basis(by, party, basis_file),
        actor_name=by.name[:200],
        **values,
    )
    insert_once(signature)
    _move(by, party, PartyState.SIGNED, on=signature.signed_on)
    telling.tell_signed(by=by, party=party)
    force.look(by=by, agreement=party.agreement)
    return signature


@transaction.atomic
def refuse(*, by: Actor, party_id: UUID, version: int, reason: str) -> Party:
    """Say that a party does not sign, and why; it may still think better of it.

    Until the agreement is in force, whoever has signed takes the signature back in the same way.
    """
    party = _locked(by, party_id)
    if party.state == PartyState.REFUSED and _refusals(party).filter(reason=reason).exists():
        raise AlreadySaved(party)
    require_to_refuse(party)
    if party.version != version:
        raise StaleForm(party)
    assert party.agreement.document is not None  # it lies before its parties
    had_signed = party.state == PartyState.SIGNED
    Refusal.objects.create(
        party=party,
        document=party.agreement.document,
        reason=reason,
        refused_on=by.today,
        actor_name=by.name[:200],
    )
    _move(by, party, PartyState.REFUSED, on=by.today, why=reason)
    telling.tell_refused(by=by, party=party, reason=reason, had_signed=had_signed)
    force.look(by=by, agreement=party.agreement)
    return party


@transaction.atomic
def come_back(*, by: Actor, party_id: UUID, version: int) -> Party:
    """Take a refusal back, so that the party may sign."""
    party = _locked(by, party_id)
    if party.state == PartyState.WAITING and party.version == version + 1:
        raise AlreadySaved(party)
    require_refused(party)
    if party.version != version:
        raise StaleForm(party)
    _refusals(party).update(withdrawn_on=by.today)
    _move(by, party, PartyState.WAITING, on=by.today)
    telling.tell_returned(by=by, party=party)
    force.look(by=by, agreement=party.agreement)
    return party


def require_to_sign(party: Party) -> None:
    """Raise why the party can't sign now."""
    _require_signing(party.agreement)
    _require_unsigned(party)
    _require_not_taken_back(party)
    if party.state == PartyState.REFUSED:
        raise Problem(
            "Wpisano, że ta Strona odmawia podpisu",
            "Żeby podpisać, najpierw cofnij odmowę.",
            kept=NOTHING_SAVED,
            at=party,
            page="return",
            action="Cofnij odmowę",
        )


def require_to_refuse(party: Party) -> None:
    """Raise why the party can't refuse now, or take its signature back."""
    _require_signing(party.agreement)
    if party.state == PartyState.REFUSED:
        raise _not_now(
            party.agreement, "Odmowę tej Strony już wpisano", "Można ją cofnąć i podpisać."
        )


def require_refused(party: Party) -> None:
    """Raise why there is no refusal to take back."""
    _require_signing(party.agreement)
    _require_unsigned(party)
    _require_not_taken_back(party)
    if party.state != PartyState.REFUSED:
        raise _not_now(party.agreement, "Ta Strona nie odmówiła podpisu", "Może podpisać.")


def _require_signing(agreement: Agreement) -> None:
    if not agreement.is_signing:
        raise _not_now(
            agreement,
            "To porozumienie nie czeka na podpisy",
            f"Jego stan: {agreement.get_state_display()}.",
        )


def _require_unsigned(party: Party) -> None:
    if party.state != PartyState.SIGNED:
        return
    signature = party.signatures.get(document=party.agreement.document_id)
    raise _not_now(
        party.agreement,
        "Ta Strona już podpisała",
        f"{signature.signer}, {signature.function}, {pl_date(signature.signed_on)} "
        f"Podpis wpisano {pl_datetime(signature.entered_at)} ({signature.actor_name}).",
    )


def _require_not_taken_back(party: Party) -> None:
    """A signature that was taken back stays in the file, so that the party can't sign it once more."""
    if party.state == PartyState.REFUSED and took_back(party):
        raise _not_now(
            party.agreement,
            "Ta Strona wycofała podpis",
            "Pod tym samym dokumentem nie podpisze drugi raz. Jeśli zmieni zdanie, ośrodek może "
            "cofnąć porozumienie do projektu i przekazać je do podpisu od nowa.",
        )


def took_back(party: Party) -> bool:
    """The party has given a signature under the text that lies before it, whatever became of it."""
    return party.signatures.filter(document=party.agreement.document_id).exists()


def _not_now(agreement: Agreement, title: str, why: str) -> Problem:
    return Problem(title, why, kept=NOTHING_SAVED, at=agreement, action="Przejdź do porozumienia")


def require_valid(
    values: dict[str, Any],
    days: tuple[date, date | None],
    has_file: bool,
    today: date,
    begun: str = SENT,
) -> None:
    """Say all that is wrong with the day and the basis at once; the days are the first and the last."""
    day, found = values["signed_on"], {}
    if wrong := wrong_day(day, *days, today, begun):
        found["signed_on"] = wrong
    basis = Basis(
        values["basis"],
        values["basis_number"],
        values["basis_on"],
        values["basis_until"],
        has_file,
    )
    if found := found | wrong_basis(basis, day):
        raise ValidationError(found)


def _stored(by: Actor, party: Party, file: "UploadedFile[Any]", mode: str) -> StoredFile:
    """A scan as it is; of an electronic signature only the file that lies before the parties."""
    if not SignatureMode(mode).is_electronic:
        name = file_named(party, "Skan podpisu")
        return store_upload(by=by, upload=file, kind=PARTY_SIGNATURE, name=name)
    after, last = file_to_continue(party.agreement)
    name = file_named(party, "Podpis elektroniczny")
    try:
        return store_signed(by=by, upload=file, kind=PARTY_SIGNATURE, name=name, after=after)
    except AnotherDocument:
        raise RejectedUpload(_other_words(last)) from None


def _other_words(last: Signature | None) -> str:
    if last is None:
        return (
            "To nie jest plik, który przekazano do podpisu: to inny dokument, inna wersja albo "
            "plik, w którym przed podpisaniem coś zmieniono. Pobierz plik do podpisu ze strony "
            "porozumienia, podpisz go bez żadnych zmian i dołącz plik, który powstanie."
        )
    return (
        f"W tym pliku nie ma wcześniejszego podpisu, który złożyła Strona {quoted(last.party)} "
        f"({pl_date(last.signed_on)}), albo coś w nim zmieniono. Podpisy składa się po kolei na "
        "jednym pliku: pobierz plik do podpisu ze strony porozumienia jeszcze raz, podpisz go bez "
        "żadnych zmian i dołącz plik, który powstanie."
    )


def stored_basis(by: Actor, party: Party, file: "UploadedFile[Any] | None") -> StoredFile | None:
    if file is None:
        return None
    name = file_named(party, "Podstawa podpisu")
    return store_upload(by=by, upload=file, kind=SIGNING_BASIS, name=name, field="basis_file")


def file_named(party: Party, what: str) -> str:
    """No file of one party passes for the agreement."""
    return file_name(f"{what}, {party.label}", ".pdf", detail="to nie całe porozumienie")


def _refusals(party: Party) -> Any:
    rows = party.refusals.filter(document=party.agreement.document_id, withdrawn_on=None)
    return rows.order_by("pk")


def _move(by: Actor, party: Party, to: str, *, on: date, why: str = "") -> None:
    """The journal names the party, whose page in it is that of the agreement."""
    move(party, to, by=by, on=on, why=why, data={"party": [None, party.name]})


def _locked(by: Actor, party_id: UUID) -> Party:
    """A party of an agreement that its people see; the agreement is locked first."""
    agreement_id = Party.objects.values_list("agreement", flat=True).get(pk=party_id)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    person = Person.objects.acting(by)
    perms.see_agreement.require(person, agreement)
    party = Party.objects.select_for_update().get(pk=party_id)
    party.agreement = agreement
    perms.sign_for.require(person, party)
    return party
