"""The parties sign, refuse, and think better of a refusal (POR-C signatures)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import capfirst

from kooperacja.audit.actor import Actor
from kooperacja.documents.actions import store_signed, store_upload
from kooperacja.documents.errors import AnotherDocument, RejectedUpload
from kooperacja.documents.models import StoredFile
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date, pl_datetime, quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.accession.workflow import SignatureMode
from tenants.agreements import perms
from tenants.agreements.actions import force, telling
from tenants.agreements.actions.day_first import day_first
from tenants.agreements.bases import Basis, wrong_basis, wrong_day
from tenants.agreements.models import Agreement, Party, Refusal, Signature
from tenants.agreements.models.amendments import Amendment, Asked, Lies
from tenants.agreements.papers import PARTY_SIGNATURE, SIGNING_BASIS
from tenants.agreements.signed import file_to_continue
from tenants.agreements.standing import is_asked, takes_signatures
from tenants.agreements.workflow import PartyState
from tenants.people.models import Person


@day_first(force.look_for, "party_id")
@work_first
def sign(
    *,
    by: Actor,
    party_id: UUID,
    key: UUID,
    document: UUID,
    file: "UploadedFile[Any]",
    values: dict[str, Any],
    basis_file: "UploadedFile[Any] | None" = None,
) -> Signature:
    """Enter the signature of a party, with its file and the basis on which somebody signed.

    `document` is the text that the signer had, which may have been taken back and sent anew since.
    """
    party = _locked(by, party_id)
    signature = enter(by, party, key, document, file, values, basis_file)
    telling.tell_signed(by=by, party=party)
    force.look_after(by=by, signature=signature)
    return signature


def enter(
    by: Actor,
    asked: Asked,
    key: UUID,
    document: UUID,
    file: "UploadedFile[Any]",
    values: dict[str, Any],
    basis_file: "UploadedFile[Any] | None",
) -> Signature:
    """Enter the signature of a locked party under what lies before it: the agreement or an aneks."""
    if saved := Signature.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_to_sign(asked, by.today)
    lies = asked.lies
    _require_same_text(lies, document)
    assert lies.sent_on is not None  # it lies before its parties
    begun = f"{capfirst(lies.THIS.split()[-1])} przekazano do podpisu"
    require_valid(values, (lies.sent_on, lies.sign_by), bool(basis_file), by.today, begun)
    signature = Signature(
        id=key,
        party=asked.signs,
        document=lies.document,
        file=_stored(by, asked, file, values["mode"]),
        basis_file=stored_basis(by, asked, basis_file),
        actor_name=by.name[:200],
        **values,
    )
    insert_once(signature)
    _move(by, asked, PartyState.SIGNED, on=signature.signed_on)
    return signature


@day_first(force.look_for, "party_id")
@transaction.atomic
def refuse(
    *, by: Actor, party_id: UUID, version: int, reason: str, guard_reason: str = ""
) -> Party:
    """Say that a party does not sign, and why; it may still think better of it.

    Until the agreement is in force, whoever has signed takes the signature back in the same way.
    """
    party = _locked(by, party_id)
    had_signed = party.state == PartyState.SIGNED
    turn_down(by, party, version, reason)
    keep_reason(by, party, guard_reason)
    telling.tell_refused(by=by, party=party, reason=reason, had_signed=had_signed)
    force.look(by=by, agreement=party.agreement)
    return party


@day_first(force.look_for, "party_id")
@transaction.atomic
def come_back(*, by: Actor, party_id: UUID, version: int) -> Party:
    """Take a refusal back, so that the party may sign."""
    party = _locked(by, party_id)
    think_better(by, party, version)
    telling.tell_returned(by=by, party=party)
    force.look(by=by, agreement=party.agreement)
    return party


def turn_down(by: Actor, asked: Asked, version: int, reason: str) -> None:
    """Enter the refusal of a locked party."""
    if asked.state == PartyState.REFUSED and _refusals(asked).filter(reason=reason).exists():
        raise AlreadySaved(asked)
    require_to_refuse(asked, by.today)
    if asked.version != version:
        raise StaleForm(asked)
    assert asked.lies.document is not None  # it lies before its parties
    Refusal.objects.create(
        party=asked.signs,
        document=asked.lies.document,
        reason=reason,
        refused_on=by.today,
        actor_name=by.name[:200],
    )
    _move(by, asked, PartyState.REFUSED, on=by.today, why=reason)


def think_better(by: Actor, asked: Asked, version: int) -> None:
    """Take the refusal of a locked party back."""
    if asked.state == PartyState.WAITING and asked.version == version + 1:
        raise AlreadySaved(asked)
    require_refused(asked, by.today)
    if asked.version != version:
        raise StaleForm(asked)
    _refusals(asked).update(withdrawn_on=by.today)
    _move(by, asked, PartyState.WAITING, on=by.today)


def _require_same_text(lies: Lies, document: UUID) -> None:
    """No scan of an earlier text passes for a signature under the one that lies there now."""
    if lies.document_id != document:
        raise _not_now(
            lies,
            "Do podpisu jest już inny tekst",
            f"Odkąd masz otwarty ten formularz, {lies.THIS} cofnięto do projektu i przekazano do "
            "podpisu od nowa. Podpis pod poprzednim tekstem się nie liczy: przeczytaj nowy i "
            "podpisz jego plik.",
        )


def require_to_sign(asked: Asked, today: date) -> None:
    """Raise why the party can't sign now."""
    _require_signing(asked.lies, today)
    _require_asked(asked, today)
    _require_unsigned(asked)
    _require_not_taken_back(asked)
    if asked.state == PartyState.REFUSED:
        raise Problem(
            "Wpisano, że ta Strona odmawia podpisu",
            "Żeby podpisać, najpierw cofnij odmowę.",
            kept=NOTHING_SAVED,
            at=asked,
            page="return",
            action="Cofnij odmowę",
        )


def require_to_refuse(asked: Asked, today: date) -> None:
    """Raise why the party can't refuse now, or take back what it signed of an agreement not in force."""
    _require_signing(asked.lies, today)
    _require_asked(asked, today)
    if isinstance(asked.lies, Amendment) or not asked.lies.is_signing:
        _require_unsigned(asked)
    if asked.state == PartyState.REFUSED:
        raise _not_now(asked.lies, "Odmowę tej Strony już wpisano", "Można ją cofnąć i podpisać.")


def require_refused(asked: Asked, today: date) -> None:
    """Raise why there is no refusal to take back."""
    _require_signing(asked.lies, today)
    _require_asked(asked, today)
    _require_unsigned(asked)
    _require_not_taken_back(asked)
    if asked.state != PartyState.REFUSED:
        raise _not_now(asked.lies, "Ta Strona nie odmówiła podpisu", "Może podpisać.")


def _require_signing(lies: Lies, today: date) -> None:
    if not takes_signatures(lies, today):
        raise _not_now(
            lies,
            f"{capfirst(lies.THIS)} nie czeka na podpisy",
            f"Jego stan: {lies.get_state_display()}.",
        )


def _require_asked(asked: Asked, today: date) -> None:
    """The text lies before this party, which still has its part."""
    if isinstance(asked, Party) and not is_asked(asked):
        why = (
            "Wstąpiła w miejsce innej Strony, więc porozumienie wiąże ją bez podpisu."
            if asked.stepped_in_on
            else "Podpisuje dokument przystąpienia, a nie samo porozumienie."
        )
        raise _not_now(asked.lies, "Ta Strona nie podpisuje tego porozumienia", why)
    if not asked.signs.has_part(today):
        why = f"Ta instytucja nie jest Stroną od {pl_date(asked.signs.ended_on)}"
        raise _not_now(asked.lies, "Ta instytucja nie jest już Stroną", why)


def _require_unsigned(asked: Asked) -> None:
    if asked.state != PartyState.SIGNED:
        return
    signature = asked.signs.signatures.get(document=asked.lies.document_id)
    raise _not_now(
        asked.lies,
        "Ta Strona już podpisała",
        f"{signature.signer}, {signature.function}, {pl_date(signature.signed_on)} "
        f"Podpis wpisano {pl_datetime(signature.entered_at)} ({signature.actor_name}).",
    )


def _require_not_taken_back(asked: Asked) -> None:
    """A signature that was taken back stays in the file, so that the party can't sign it once more."""
    if asked.state == PartyState.REFUSED and took_back(asked):
        raise _not_now(
            asked.lies,
            "Ta Strona wycofała podpis",
            "Pod tym samym dokumentem nie podpisze drugi raz. Jeśli zmieni zdanie, ośrodek może "
            "cofnąć porozumienie do projektu i przekazać je do podpisu od nowa.",
        )


def took_back(asked: Asked) -> bool:
    """The party has given a signature under the text that lies before it, whatever became of it."""
    return asked.signs.signatures.filter(document=asked.lies.document_id).exists()


def _not_now(lies: Lies, title: str, why: str) -> Problem:
    action = f"Przejdź do {lies.OF_THIS}"
    return Problem(title, why, kept=NOTHING_SAVED, at=lies, action=action)


def require_valid(
    values: dict[str, Any],
    days: tuple[date, date | None],
    has_file: bool,
    today: date,
    begun: str,
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


def _stored(by: Actor, asked: Asked, file: "UploadedFile[Any]", mode: str) -> StoredFile:
    """A scan as it is; of an electronic signature only the file that lies before the parties."""
    if not SignatureMode(mode).is_electronic:
        name = file_named(asked, "Skan podpisu")
        return store_upload(by=by, upload=file, kind=PARTY_SIGNATURE, name=name)
    after, last = file_to_continue(asked.lies)
    name = file_named(asked, "Podpis elektroniczny")
    try:
        return store_signed(by=by, upload=file, kind=PARTY_SIGNATURE, name=name, after=after)
    except AnotherDocument:
        raise RejectedUpload(_other_words(asked.lies, last)) from None


def _other_words(lies: Lies, last: Signature | None) -> str:
    if last is None:
        return (
            "To nie jest plik, który przekazano do podpisu: to inny dokument, inna wersja albo "
            "plik, w którym przed podpisaniem coś zmieniono. Pobierz plik do podpisu ze strony "
            f"{lies.OF_THIS}, podpisz go bez żadnych zmian i dołącz plik, który powstanie."
        )
    return (
        f"W tym pliku nie ma wcześniejszego podpisu, który złożyła Strona {quoted(last.party)} "
        f"({pl_date(last.signed_on)}), albo coś w nim zmieniono. Podpisy składa się po kolei na "
        f"jednym pliku: pobierz plik do podpisu ze strony {lies.OF_THIS} jeszcze raz, podpisz go bez "
        "żadnych zmian i dołącz plik, który powstanie."
    )


def stored_basis(by: Actor, asked: Asked, file: "UploadedFile[Any] | None") -> StoredFile | None:
    if file is None:
        return None
    name = file_named(asked, "Podstawa podpisu")
    return store_upload(by=by, upload=file, kind=SIGNING_BASIS, name=name, field="basis_file")


def file_named(asked: Asked, what: str) -> str:
    """No file of one party passes for the agreement, or for the aneks."""
    return file_name(f"{what}, {asked.label}", ".pdf", detail=asked.lies.NOT_WHOLE)


def _refusals(asked: Asked) -> Any:
    rows = asked.signs.refusals.filter(document=asked.lies.document_id, withdrawn_on=None)
    return rows.order_by("pk")


def _move(by: Actor, asked: Asked, to: str, *, on: date, why: str = "") -> None:
    """The journal names the party, whose page in it is that of the agreement."""
    move(asked, to, by=by, on=on, why=why, data={"party": [None, asked.signs.name]})


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
