"""The signatures of a kept file as a page shows them, beside what its form says of them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kooperacja.documents.models import SignedContainer, StoredFile
from kooperacja.documents.signatures import KINDS, Signature
from kooperacja.ui.polish import localtime, pl_date, stopped

_TITLES = {"dr", "hab", "prof", "mgr", "inz", "lic", "ks", "lek", "med", "mec", "adw"}
_WORDS = re.compile(r"[^\W\d_]+")
_CHECK = (
    "sprawdź go w programie do weryfikacji podpisów albo poproś o dokument podpisany jeszcze raz."
)
_ENOUGH = 2  # a first name alone is nobody's


@dataclass(frozen=True, slots=True)
class Claim:
    """The signer, the day and the kind of signature, as the form says them; empty where it doesn't."""

    signer: str = ""
    day: date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The signatures of a file and remarks on them for whoever decides."""

    signatures: list[Signature]
    remarks: list[str]
    container: SignedContainer | None = None  # in which the file came

    @property
    def everything_to_check(self) -> list[str]:
        told = [
            said for one in self.signatures for said in (one.note, one.cover, one.expiry) if said
        ]
        return [*self.remarks, *told]


def along(file: str) -> tuple[str, str]:
    """For `select_related`: what the report of a file needs, read along with the file."""
    return f"{file}__signature_report", f"{file}__container"


def to_check(report: Report | None) -> list[str]:
    """The remarks for whoever decides; none on a file of paper."""
    return report.everything_to_check if report else []


def report_of(file: StoredFile | None, claim: Claim) -> Report | None:
    """The report on an electronically signed file; a difference never refuses it by itself."""
    kept = getattr(file, "signature_report", None)
    if kept is None:
        return None
    signatures = [Signature.of(facts) for facts in kept.signatures]
    return Report(signatures, remarks(claim, signatures), getattr(file, "container", None))


def remarks(claim: Claim, signatures: Iterable[Signature]) -> list[str]:
    """Differences between what the form says and what the signatures say."""
    signatures, found = list(signatures), []
    own = [one for one in signatures if is_same_person(claim.signer, one.who)]
    if claim.signer and not own:
        names = ", ".join(one.who or "podpisujący bez nazwy" for one in signatures)
        where = "w podpisie jest" if len(signatures) == 1 else "w podpisach są"
        found.append(stopped(f"Formularz mówi, że podpisuje {claim.signer}, a {where} {names}"))
    if said := _of_kind(claim, own or signatures):
        found.append(said)
    days = {localtime(one.signed_at).date() for one in signatures if one.signed_at}
    if claim.day and days and claim.day not in days:
        told = ", ".join(pl_date(day) for day in sorted(days))
        what = "podpis" if len(signatures) == 1 else "podpisy"
        found.append(f"Formularz mówi, że dokument jest z {pl_date(claim.day)}, a {what} z {told}")
    return found


def _of_kind(claim: Claim, signatures: list[Signature]) -> str:
    """The remark that no certificate bears out the kind of signature; only a trusted one says so."""
    if claim.kind not in KINDS or not signatures:
        return ""
    said = f"Formularz mówi, że to {KINDS[claim.kind]},"
    fitting = [one for one in signatures if one.kind == claim.kind]
    if fitting:
        # An issuer of qualified certificates stands on the list by law.
        if claim.kind != "QUALIFIED" or any(one.is_trusted is not False for one in fitting):
            return ""
        return f"{said} ale {fitting[0].trust}: {_CHECK}"
    told = sorted({one.kind_label for one in signatures if one.kind not in {"", "PLAIN"}})
    if told:
        return f"{said} a certyfikat mówi: {', '.join(told)}. Sprawdź, czy taki podpis wystarcza."
    return f"{said} a certyfikat nie mówi, jaki to podpis: {_CHECK}"


def is_same_person(name: str, other: str) -> bool:
    """Compares names without case, diacritics, titles, order and hyphens."""
    some, others = _words(name), _words(other)
    return len(some & others) >= min(_ENOUGH, len(some)) and (some <= others or others <= some)


def _words(name: str) -> set[str]:
    folded = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l"))
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return set(_WORDS.findall(plain)) - _TITLES
