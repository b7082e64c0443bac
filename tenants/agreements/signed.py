"""The signatures of the parties as those who may know them see them (POR-C signatures)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kooperacja.documents.models import StoredFile
from kooperacja.documents.sigreport import Claim, Report, along, report_of
from kooperacja.ui.polish import pl_date
from tenants.accession.workflow import SignatureMode
from tenants.agreements.models import Agreement, Party, Refusal, Signature
from tenants.agreements.workflow import PartyState
from tenants.people.models import Person, holds
from tenants.people.perms import OFFICE, spoken_organisations

_ELECTRONIC = [mode for mode in SignatureMode if mode.is_electronic]
_KINDS = {PartyState.WAITING: "wait", PartyState.SIGNED: "ok", PartyState.REFUSED: "stop"} | {
    PartyState.ACCEDED: "ok"
}
_HAS_SIGNED = {PartyState.SIGNED, PartyState.ACCEDED}
# The label of the kit speaks of declarations, whose originals the Lider keeps.
WAYS = {mode: str(mode.label) for mode in SignatureMode} | {
    SignatureMode.PAPER_SCAN: "podpis odręczny (skan podpisanego egzemplarza)"
}


@dataclass(frozen=True, slots=True)
class Side:
    """A party in the signing, as one reader sees it; what the reader may not know is left out."""

    party: Party
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

    @property
    def is_waiting(self) -> bool:
        return self.party.state == PartyState.WAITING

    @property
    def is_signed(self) -> bool:
        return self.party.state == PartyState.SIGNED

    @property
    def is_refused(self) -> bool:
        return self.party.state == PartyState.REFUSED


@dataclass(frozen=True, slots=True)
class _Reader:
    """How much of the signing a person may know and do."""

    is_office: bool
    is_party: bool
    has_signed: bool
    own: frozenset[Any]

    @classmethod
    def of(cls, person: Person | None, parties: Iterable[Party]) -> "_Reader":
        own, today = frozenset(spoken_organisations(person)), timezone.localdate()
        its = [one for one in parties if one.organisation_id in own and one.has_part(today)]
        return cls(
            holds(person, OFFICE),
            bool(its),
            any(party.state in _HAS_SIGNED for party in its),
            own,
        )

    def is_of(self, party: Party) -> bool:
        return self.is_office or party.organisation_id in self.own

    def knows_why(self, party: Party) -> bool:
        """Those who signed hear why another did not, and so does the office."""
        return self.has_signed or self.is_of(party)


def signing_shown(
    person: Person | None, agreement: Agreement, parties: list[Party]
) -> dict[str, Any]:
    """The context of `_signing.html`; nothing of a draft."""
    if not agreement.is_frozen:
        return {"sides": []}
    parties = [party for party in parties if party.state != PartyState.JOINING]
    reader = _Reader.of(person, parties)
    # Whoever stepped into the part of another has nothing to sign.
    parties = [party for party in parties if party.stepped_in_on is None]
    signatures = {one.party_id: one for one in _binding(agreement)}
    refusals = {one.party_id: one for one in _refusals(agreement)}
    turn = turn_of(parties) if agreement.is_signing else None
    return {
        "sides": [
            _side(
                reader,
                agreement,
                party,
                signatures.get(party.pk),
                refusals.get(party.pk),
                is_turn=party == turn,
            )
            for party in parties
        ],
        "signed_count": sum(party.state in _HAS_SIGNED for party in parties),
    }


def _side(
    reader: _Reader,
    agreement: Agreement,
    party: Party,
    signature: Signature | None,
    refusal: Refusal | None,
    *,
    is_turn: bool,
) -> Side:
    may_know = reader.is_office or reader.is_party
    shown = signature if may_know and party.state == PartyState.SIGNED else None
    is_open = shown is not None and shown.is_electronic
    return Side(
        party,
        _KINDS[PartyState(party.state)],
        _words(party, signature, refusal),
        signature=shown,
        refusal=refusal if reader.knows_why(party) else None,
        way=WAYS[SignatureMode(shown.mode)] if shown else "",
        remarks=_remarks(shown),
        has_file=shown is not None and (is_open or reader.is_of(party)),
        is_turn=is_turn,
        may_act=reader.is_of(party) and agreement.is_signing,
        is_withdrawn=party.state == PartyState.REFUSED and signature is not None,
    )


def _words(party: Party, signature: Signature | None, refusal: Refusal | None) -> str:
    if party.state == PartyState.SIGNED and signature:
        return f"podpisano {pl_date(signature.signed_on)}"
    if party.state == PartyState.REFUSED and refusal and signature:
        return f"podpis wycofano {pl_date(refusal.refused_on)}"
    if party.acceded_on:
        return f"przystąpiono {pl_date(party.acceded_on)}"
    if party.state == PartyState.REFUSED and refusal:
        return f"odmowa podpisu z {pl_date(refusal.refused_on)}"
    return str(party.get_state_display())


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


def turn_of(parties: Iterable[Party]) -> Party | None:
    """The first party that neither signed nor refused."""
    return next((party for party in parties if party.state == PartyState.WAITING), None)


def signatures_of(agreement: Agreement) -> Any:
    """The valid signatures with their files."""
    return Signature.objects.valid_for(agreement).select_related("file", *along("file"))


def _binding(agreement: Agreement) -> Any:
    """The same with those that their parties took back, and those of later accessions."""
    return Signature.objects.binding(agreement).select_related("file", *along("file"))


def _refusals(agreement: Agreement) -> Any:
    rows = Refusal.objects.filter(party__agreement=agreement, document=agreement.document_id)
    return rows.filter(withdrawn_on=None).order_by("entered_at", "pk")


def electronic(agreement: Agreement) -> Any:
    """Those that follow each other on one file."""
    return signatures_of(agreement).filter(mode__in=_ELECTRONIC)


def file_to_continue(agreement: Agreement) -> tuple[StoredFile, Signature | None]:
    """The file that the next electronic signature comes upon, and whose signature was the last."""
    if newest := electronic(agreement).last():
        return newest.file, newest
    assert agreement.document is not None  # it lies before its parties
    return agreement.document.pdf, None
