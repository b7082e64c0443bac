"""The signatures of the parties as those who may know them see them (POR-C signatures)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from kooperacja.documents.models import StoredFile
from kooperacja.documents.sigreport import Claim, Report, report_of
from kooperacja.ui.polish import pl_date
from tenants.accession.workflow import SignatureMode
from tenants.agreements.models import Agreement, Party, Refusal, Signature
from tenants.agreements.models.agreements import Copies
from tenants.agreements.models.amendments import Asked, Lies
from tenants.agreements.models.parties import EndKind
from tenants.agreements.models.signatures import WAYS
from tenants.agreements.standing import given, signatures_of, takes_signatures
from tenants.agreements.workflow import PartyState
from tenants.people.models import Person, holds
from tenants.people.perms import OFFICE, spoken_organisations

_KINDS = {PartyState.WAITING: "wait", PartyState.SIGNED: "ok", PartyState.REFUSED: "stop"} | {
    PartyState.ACCEDED: "ok"
}
_HAS_SIGNED = {PartyState.SIGNED, PartyState.ACCEDED}


@dataclass(frozen=True, slots=True)
class Side:
    """A party in the signing, as one reader sees it; what the reader may not know is left out."""

    asked: Asked
    kind: str
    words: str
    signature: Signature | None = None
    refusal: Refusal | None = None
    way: str = ""
    remarks: tuple[str, ...] = ()
    has_file: bool = False
    is_turn: bool = False
    may_act: bool = False
    is_withdrawn: bool = False  # its signature, before force
    may_withdraw: bool = False  # the same, of an agreement alone

    @property
    def party(self) -> Party:
        return self.asked.signs

    @property
    def is_waiting(self) -> bool:
        return self.asked.state == PartyState.WAITING

    @property
    def is_refused(self) -> bool:
        return self.asked.state == PartyState.REFUSED

    # The pages on which it acts.

    @property
    def sign_url(self) -> str:
        return self.asked.url_of("sign")

    @property
    def refuse_url(self) -> str:
        return self.asked.url_of("refuse")

    @property
    def return_url(self) -> str:
        return self.asked.url_of("return")


@dataclass(frozen=True, slots=True)
class _Reader:
    """How much of the signing a person may know and do."""

    is_office: bool
    is_party: bool
    has_signed: bool
    own: frozenset[Any]

    @classmethod
    def of(cls, person: Person | None, asked: Iterable[Asked]) -> "_Reader":
        own, today = frozenset(spoken_organisations(person)), timezone.localdate()
        its = [
            one for one in asked if one.signs.organisation_id in own and one.signs.has_part(today)
        ]
        return cls(
            holds(person, OFFICE),
            bool(its),
            any(one.state in _HAS_SIGNED for one in its),
            own,
        )

    def is_of(self, party: Party) -> bool:
        return self.is_office or party.organisation_id in self.own

    def knows_why(self, party: Party) -> bool:
        """Those who signed hear why another did not, and so does the office."""
        return self.has_signed or self.is_of(party)


def signing_shown(person: Person | None, lies: Lies, asked: Sequence[Asked]) -> dict[str, Any]:
    """The context of `_signing.html`; nothing of a draft."""
    if not lies.is_frozen:
        return {"sides": []}
    asked = [one for one in asked if one.state != PartyState.JOINING]
    reader = _Reader.of(person, asked)
    if isinstance(lies, Agreement):
        # Whoever stepped into the part of another has nothing to sign.
        asked = [one for one in asked if one.signs.stepped_in_on is None]
    signatures = {one.party_id: one for one in given(lies)}
    refusals = {one.party_id: one for one in _refusals(lies)}
    is_open = takes_signatures(lies, timezone.localdate())
    turn = turn_of(asked) if is_open and has_turns(lies) else None
    there = [one for one in asked if not _gone_on(one)]
    return {
        "sides": [
            _side(
                reader,
                one,
                signatures.get(one.signs.pk),
                refusals.get(one.signs.pk),
                is_turn=one == turn,
                is_open=is_open,
                is_before_force=isinstance(lies, Agreement) and lies.is_signing,
            )
            for one in asked
        ],
        "signed_count": sum(one.state in _HAS_SIGNED for one in there),
        "sides_count": len(there),
        "is_awaited": is_open and turn_of(asked) is not None,
    }


def _side(
    reader: _Reader,
    asked: Asked,
    signature: Signature | None,
    refusal: Refusal | None,
    *,
    is_turn: bool,
    is_open: bool,
    is_before_force: bool,
) -> Side:
    party = asked.signs
    may_know = reader.is_office or reader.is_party
    shown = signature if may_know and asked.state in _HAS_SIGNED else None
    is_shared = shown is not None and shown.is_electronic
    return Side(
        asked,
        "neutral" if _gone_on(asked) else _KINDS[PartyState(asked.state)],
        _words(asked, signature, refusal),
        signature=shown,
        refusal=refusal if reader.knows_why(party) else None,
        way=WAYS[SignatureMode(shown.mode)] if shown else "",
        remarks=_remarks(shown),
        has_file=shown is not None and (is_shared or reader.is_of(party)),
        is_turn=is_turn,
        may_act=reader.is_of(party) and is_open and party.has_part(timezone.localdate()),
        is_withdrawn=asked.state == PartyState.REFUSED and signature is not None,
        may_withdraw=reader.is_of(party) and is_before_force and asked.state == PartyState.SIGNED,
    )


def _words(asked: Asked, signature: Signature | None, refusal: Refusal | None) -> str:
    if left := _gone_on(asked):
        return f"nie jest już Stroną od {pl_date(left)}"
    if asked.state == PartyState.SIGNED and signature:
        return f"podpisano {pl_date(signature.signed_on)}"
    if asked.state == PartyState.REFUSED and refusal and signature:
        return f"podpis wycofano {pl_date(refusal.refused_on)}"
    if isinstance(asked, Party) and asked.acceded_on:
        return f"przystąpiono {pl_date(asked.acceded_on)}"
    if asked.state == PartyState.REFUSED and refusal:
        return f"odmowa podpisu z {pl_date(refusal.refused_on)}"
    return str(asked.get_state_display())


def _gone_on(asked: Asked) -> date | None:
    """The day on which a party left without having signed what lay before it then, if it did."""
    party, lies = asked.signs, asked.lies
    if asked.state in _HAS_SIGNED or party.end_kind == EndKind.AGREEMENT:
        return None
    until = min(filter(None, (timezone.localdate(), lies.sign_by, lies.in_force_from)))
    return party.ended_on if party.ended_on and party.ended_on <= until else None


def _remarks(signature: Signature | None) -> tuple[str, ...]:
    """Remarks on an electronic signature, an issuer that nobody knows among them."""
    report = report_on(signature) if signature else None
    if report is None:
        return ()
    doubted = dict.fromkeys(
        f"{one.who or 'podpisujący bez nazwy'}: {one.trust}"
        for one in report.signatures
        if one.is_trusted is False
    )
    return (*report.everything_to_check, *doubted)


def report_on(signature: Signature) -> Report | None:
    """The report on the file of an electronic signature, beside what its form says."""
    if not signature.is_electronic:
        return None
    claim = Claim(signature.signer, signature.signed_on, signature.mode)
    return report_of(signature.file, claim)


def has_turns(lies: Lies) -> bool:
    """One set goes round, or one file does: on paper of its own, each party signs when it likes."""
    agreement = lies if isinstance(lies, Agreement) else lies.agreement
    return agreement.copies == Copies.ROUND or newest_electronic(lies) is not None


def turn_of(asked: Iterable[Asked]) -> Asked | None:
    """The first party that neither signed nor refused; one that has left is waited for no more."""
    today = timezone.localdate()
    waiting = (one for one in asked if one.state == PartyState.WAITING)
    return next((one for one in waiting if one.signs.has_part(today)), None)


def _refusals(lies: Lies) -> Any:
    rows = Refusal.objects.standing().filter(document=lies.document_id)
    return rows.order_by("entered_at", "pk")


def electronic(lies: Lies) -> list[Signature]:
    """The valid ones that follow each other on one file."""
    return [one for one in signatures_of(lies) if one.is_electronic]


def newest_electronic(lies: Lies) -> Signature | None:
    """The one upon which the next one comes."""
    return next(reversed(electronic(lies)), None)


def file_to_continue(lies: Lies) -> tuple[StoredFile, Signature | None]:
    """The file that the next electronic signature comes upon, and whose signature was the last."""
    if newest := newest_electronic(lies):
        return newest.file, newest
    assert lies.document is not None  # it lies before its parties
    return lies.document.pdf, None
