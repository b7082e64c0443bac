"""The signatures of a kept file as a page shows them, beside what its form says of them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kooperacja.documents.models import SignedContainer, StoredFile
from kooperacja.documents.signatures import Signature
from kooperacja.ui.polish import localtime, pl_date

_TITLES = {"dr", "hab", "prof", "mgr", "inz", "lic", "ks", "lek", "med", "mec", "adw"}
_WORDS = re.compile(r"[^\W\d_]+")
_ENOUGH = 2  # a first name alone is nobody's


@dataclass(frozen=True, slots=True)
class Claim:
    """The signer and the day, as the form says them; empty where it doesn't."""

    signer: str = ""
    day: date | None = None


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
    if claim.signer and not any(is_same_person(claim.signer, one.who) for one in signatures):
        names = ", ".join(one.who or "podpisujący bez nazwy" for one in signatures)
        found.append(
            f"Formularz mówi, że podpisuje {claim.signer}, a w podpisie jest {names}".rstrip(".")
            + "."
        )
    days = {localtime(one.signed_at).date() for one in signatures if one.signed_at}
    if claim.day and days and claim.day not in days:
        told = ", ".join(pl_date(day) for day in sorted(days))
        found.append(f"Formularz mówi, że dokument jest z {pl_date(claim.day)}, a podpis z {told}")
    return found


def is_same_person(name: str, other: str) -> bool:
    """Compares names without case, diacritics, titles, order and hyphens."""
    some, others = _words(name), _words(other)
    return len(some & others) >= min(_ENOUGH, len(some)) and (some <= others or others <= some)


def _words(name: str) -> set[str]:
    folded = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l"))
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return set(_WORDS.findall(plain)) - _TITLES
