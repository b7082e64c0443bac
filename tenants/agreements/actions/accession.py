"""An institution accedes to an agreement in force: prepared, signed or withdrawn (POR-C §4.3)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_signed, store_upload
from kooperacja.documents.errors import AnotherDocument, RejectedUpload
from kooperacja.documents.models import StoredFile
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.accession.workflow import SignatureMode
from tenants.agreements import perms
from tenants.agreements.actions import annex, duties
from tenants.agreements.actions.last_day import set_last_day
from tenants.agreements.actions.once import refuse_twice
from tenants.agreements.actions.parties import MOST_PARTIES
from tenants.agreements.actions.people import release_all
from tenants.agreements.actions.protecting import protection_of, tell_protection
from tenants.agreements.actions.signing import file_named, require_valid, stored_basis
from tenants.agreements.actions.telling_later import tell_acceded, tell_prepared, tell_withdrawn
from tenants.agreements.later_papers import issue_accession, late_clause
from tenants.agreements.models import Accession, Agreement, Party, Signature
from tenants.agreements.models.annexes import Why
from tenants.agreements.papers import PARTY_SIGNATURE
from tenants.agreements.seats import begins_hidden, seat_lacking
from tenants.agreements.standing import Standing, may_still_sign
from tenants.agreements.workflow import AccessionState, AgreementState, PartyState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person

_OTHER = (
    "To nie jest dokument przystąpienia, który przygotowano, albo plik, w którym przed podpisaniem "
    "coś zmieniono. Pobierz dokument ze strony przystąpienia, podpisz go bez żadnych zmian i dołącz "
    "plik, który powstanie."
)


@work_first
def prepare(
    *,
    by: Actor,
    agreement_id: UUID,
    key: UUID,
    values: dict[str, Any],
    justification: str,
    sign_by: date | None,
    guard_reason: str = "",
) -> Accession:
    """Prepare the accession of an institution that is no party yet."""
    agreement = _locked(by, agreement_id, key)
    others = list(agreement.parties.with_names())
    if sum(not one.has_left(by.today) for one in others) >= MOST_PARTIES:
        raise ValidationError(f"Porozumienie może mieć najwyżej {MOST_PARTIES} Stron.")
    refuse_twice(others, values, by.today)
    position = max((one.position for one in others), default=0) + 1
    if begins_hidden(values["organisation"]):
        values = values | {"hides_seat": True}
    party = Party(agreement=agreement, position=position, state=PartyState.JOINING, **values)
    party.save(force_insert=True)
    tell_protection(protection_of(party))
    return _write_prepared(by, party, key, justification, sign_by, guard_reason)


@work_first
def prepare_again(
    *,
    by: Actor,
    party_id: UUID,
    key: UUID,
    justification: str,
    sign_by: date | None,
    guard_reason: str = "",
) -> Accession:
    """Prepare that of a party that refused, or did not sign in time."""
    agreement_id = Party.objects.values_list("agreement", flat=True).get(pk=party_id)
    agreement = _locked(by, agreement_id, key)
    party = Party.objects.get(pk=party_id)
    party.agreement = agreement
    require_apart(party, by.today)
    return _write_prepared(by, party, key, justification, sign_by, guard_reason)


def to_lapse(day: date) -> list[UUID]:
    """Accessions that wait, though their last day is past."""
    rows = Accession.objects.filter(state=AccessionState.PREPARED, sign_by__lt=day)
    return list(rows.order_by("created_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def look_at(*, by: Actor, accession_id: UUID) -> None:
    """Give up one that was not signed in time; done twice, it finds nothing more."""
    accession = _locked_with_agreement(accession_id)
    lapsed = _lapsed(accession, by.today)
    if accession.party is not None and accession.is_prepared and lapsed:
        _give_up(by, accession, accession.party, lapsed)


@work_first
def sign(
    *,
    by: Actor,
    accession_id: UUID,
    key: UUID,
    file: "UploadedFile[Any]",
    values: dict[str, Any],
    basis_file: "UploadedFile[Any] | None" = None,
) -> Signature:
    """Enter the signature of its representative: from that day the institution is a party."""
    accession = _locked_row(by, accession_id)
    if saved := Signature.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_to_sign(accession, by.today)
    party = accession.party
    assert party is not None  # it has not been withdrawn
    if party.state != PartyState.JOINING:
        _require_unbound(party, by.today)
    days = (accession.prepared_on, accession.sign_by)
    require_valid(values, days, bool(basis_file), by.today, "Przystąpienie przygotowano")
    signature = Signature(
        id=key,
        party=party,
        document=accession.document,
        file=_stored(by, accession, party, file, values["mode"]),
        basis_file=stored_basis(by, party, basis_file),
        actor_name=by.name[:200],
        **values,
    )
    insert_once(signature)
    _bind(by, accession, party, signature)
    return signature


def _bind(by: Actor, accession: Accession, party: Party, signature: Signature) -> None:
    """The agreement binds it, the list of people has its own, and everybody is told at once."""
    on, data = signature.signed_on, {"party": [None, party.name]}
    move(accession, AccessionState.SIGNED, by=by, on=on, signature=signature)
    entry = move(party, PartyState.ACCEDED, by=by, on=on, data=data, acceded_on=on)
    set_last_day(accession.agreement)
    made = annex.refresh(by=by, agreement=accession.agreement, why=Why.ACCESSION)
    tell_acceded(by, accession, party, has_new_list=made is not None)
    publish_figures(Party, Signature, cause=entry.pk)
    duties.arrange(by, accession.agreement)


@transaction.atomic
def withdraw(
    *, by: Actor, accession_id: UUID, version: int, reason: str, guard_reason: str = ""
) -> Agreement:
    """Give an accession up before it is signed; a party that was added for it alone goes."""
    accession = _locked_row(by, accession_id)
    if accession.is_withdrawn and accession.reason == reason:
        raise AlreadySaved(accession.agreement)
    require_prepared(accession, by.today)
    if accession.version != version:
        raise StaleForm(accession)
    party = accession.party
    assert party is not None  # it has not been withdrawn
    _give_up(by, accession, party, reason)
    keep_reason(by, accession.agreement, guard_reason)
    return accession.agreement


def close_all(by: Actor, agreement: Agreement, reason: str) -> None:
    """Give up the accessions that wait, once nobody can accede to a locked agreement any more."""
    rows = agreement.accessions.filter(state=AccessionState.PREPARED).select_related("party")
    for accession in rows.order_by("pk"):
        assert accession.party is not None  # it has not been withdrawn
        _give_up(by, accession, accession.party, reason)


def _give_up(by: Actor, accession: Accession, party: Party, reason: str) -> None:
    tell_withdrawn(by, accession, party, reason)
    is_added = party.state == PartyState.JOINING
    values: dict[str, Any] = {
        "party": None if is_added else party,
        "withdrawn_on": by.today,
        "reason": reason,
    }
    move(accession, AccessionState.WITHDRAWN, by=by, on=by.today, why=reason, **values)
    if is_added:
        party.contacts.all().delete()
        party.delete()
        release_all(by=by, organisation_id=party.organisation_id)


def require_open(agreement: Agreement, today: date) -> None:
    """Raise why nobody can accede to an agreement."""
    if agreement.state != AgreementState.IN_FORCE:
        raise _problem(
            agreement,
            "Do tego porozumienia nie można przystąpić",
            "Przystąpić można tylko do porozumienia, które obowiązuje. Jego stan: "
            f"{agreement.get_state_display()}.",
        )
    if agreement.is_over_on(today):
        raise _problem(
            agreement,
            "To porozumienie przestało obowiązywać",
            f"Nie obowiązuje od {pl_date(agreement.ended_on)}",
        )
    if late_clause(agreement) is None:
        raise _problem(
            agreement,
            "To porozumienie nie przewiduje późniejszego przystąpienia",
            "Zgodę Stron na objęcie porozumieniem innych instytucji ma tylko wariant C (§ 4 ust. 3).",
        )


def require_apart(party: Party, today: date) -> None:
    """Raise why a party can't accede: it is bound already, or its accession waits."""
    require_open(party.agreement, today)
    if party.accessions.filter(state=AccessionState.PREPARED).exists():
        raise _problem(
            party.agreement,
            "Przystąpienie tej Strony już przygotowano",
            "Czeka na podpis. Żeby przygotować inne, najpierw je wycofaj.",
        )
    if may_still_sign(party, today):
        raise _problem(
            party.agreement,
            "Ta Strona może jeszcze podpisać samo porozumienie",
            "Przystępuje tylko ta, która nie podpisała porozumienia w terminie. Jeśli odmówiła, "
            "może cofnąć odmowę i podpisać.",
        )
    _require_unbound(party, today)


def _require_unbound(party: Party, today: date) -> None:
    if party.ended_on is not None and party.ended_on <= today:
        why = "Jej miejsce zajął następca."
        if party.has_left(today):
            why = (
                "Może przystąpić od nowa: przygotuj jej przystąpienie jak każdej innej instytucji."
            )
        since = f"Nie jest nią od {pl_date(party.ended_on)}"
        raise _problem(party.agreement, "Ta instytucja była już Stroną", f"{since} {why}")
    if party not in Standing(party.agreement).apart(today):
        raise _problem(
            party.agreement,
            "Tę Stronę porozumienie już obowiązuje",
            "Przystępuje tylko ta, która nie podpisała porozumienia w terminie.",
        )


def require_prepared(accession: Accession, today: date) -> None:
    """Raise why it can be neither signed nor withdrawn."""
    require_open(accession.agreement, today)
    if not accession.is_prepared:
        raise Problem(
            "To przystąpienie nie czeka na podpis",
            f"Jego stan: {accession.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=accession,
            action="Przejdź do przystąpienia",
        )


def require_to_sign(accession: Accession, today: date) -> None:
    """Raise why it can't be signed: past its last day it only waits for the night to lapse."""
    require_prepared(accession, today)
    if lapsed := _lapsed(accession, today):
        raise Problem(
            "Termin podpisania tego przystąpienia minął",
            f"{lapsed} Żeby instytucja przystąpiła, trzeba przygotować nowe przystąpienie.",
            kept=NOTHING_SAVED,
            at=accession,
            action="Przejdź do przystąpienia",
        )


def _lapsed(accession: Accession, today: date) -> str:
    """The words for a last day that is past, or ""."""
    if not accession.is_past(today):
        return ""
    return f"Termin minął: do {pl_date(accession.sign_by)} nie podpisano."


def _problem(agreement: Agreement, title: str, why: str) -> Problem:
    return Problem(title, why, kept=NOTHING_SAVED, at=agreement, action="Przejdź do porozumienia")


def _write_prepared(
    by: Actor,
    party: Party,
    key: UUID,
    justification: str,
    sign_by: date | None,
    guard_reason: str,
) -> Accession:
    """Write the accession with its paper, and tell whoever is to sign it."""
    _require_complete(party, sign_by, by.today)
    accession = Accession(
        id=key,
        agreement=party.agreement,
        party=party,
        name=party.name,
        justification=justification,
        prepared_on=by.today,
        sign_by=sign_by,
        actor_name=by.name[:200],
    )
    accession.document = issue_accession(by=by, accession=accession, party=party)
    insert_once(accession)
    data = {"party": [None, party.name]}
    record(by=by, verb="AGREEMENT_ACCESSION_PREPARED", obj=accession, data=data)
    keep_reason(by, accession, guard_reason)
    tell_prepared(by, accession, party)
    return accession


def _require_complete(party: Party, sign_by: date | None, today: date) -> None:
    """The paper has no empty blank, and its last day is to come."""
    wrong = {
        name: "To pole jest wymagane: stoi w dokumencie przystąpienia."
        for name in ("seat", "represented_by", "function")
        if not getattr(party, name) and party.state == PartyState.JOINING
    }
    if "seat" in wrong:
        wrong["seat"] = seat_lacking(party)
    if sign_by is not None and sign_by < today:
        wrong["sign_by"] = "Wpisz dzień, który jeszcze nie minął."
    if wrong:
        raise ValidationError(wrong)


def _stored(
    by: Actor, accession: Accession, party: Party, file: "UploadedFile[Any]", mode: str
) -> StoredFile:
    """A scan as it is; of an electronic signature only the paper of this accession."""
    if not SignatureMode(mode).is_electronic:
        name = file_named(party, "Skan podpisu pod przystąpieniem")
        return store_upload(by=by, upload=file, kind=PARTY_SIGNATURE, name=name)
    name, after = file_named(party, "Podpisane przystąpienie"), accession.document.pdf
    try:
        return store_signed(by=by, upload=file, kind=PARTY_SIGNATURE, name=name, after=after)
    except AnotherDocument:
        raise RejectedUpload(_OTHER) from None


def _locked(by: Actor, agreement_id: UUID, key: UUID) -> Agreement:
    """An agreement in force, locked for whoever may prepare an accession to it."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if saved := Accession.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_open(agreement, by.today)
    return agreement


def _locked_row(by: Actor, accession_id: UUID) -> Accession:
    """An accession for whoever signs or withdraws it."""
    accession = _locked_with_agreement(accession_id)
    person = Person.objects.acting(by)
    perms.see_accession.require(person, accession)
    perms.sign_accession.require(person, accession)
    return accession


def _locked_with_agreement(accession_id: UUID) -> Accession:
    """The agreement is locked first."""
    agreement_id = Accession.objects.values_list("agreement", flat=True).get(pk=accession_id)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    accession: Accession = Accession.objects.select_related("party", "document__pdf").get(
        pk=accession_id
    )
    accession.agreement = agreement
    if accession.party is not None:
        accession.party.agreement = agreement
    return accession
