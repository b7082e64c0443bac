"""Brings trusted lists: the Union's tells where a country's lies and who signs it."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from urllib import request
from urllib.error import HTTPError

from asn1crypto import pem, x509

from kooperacja.documents import trust, trustlists
from kooperacja.documents.trust import Brought
from kooperacja.documents.trustlists import BadList, TrustedList

MAX_BYTES = 20 * 1024 * 1024  # the longest country's list has about five million
WALL_SECONDS = 120.0
_SILENCE_SECONDS = 20
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """Where the lists are brought from, and who may sign the first."""

    url: str
    signers: Sequence[x509.Certificate]
    country_url: str = ""  # a copy of the country's list, where the official one can't be reached


def update(source: Source, territory: str) -> Brought:
    """Bring a country's list into the folder; BadList says why nothing was changed."""
    now = datetime.now(UTC)
    union = trustlists.lotl(fetch(source.url), source.signers, now)
    found, certificates = _of_country(source, union, territory, now)
    new = Brought(
        territory=territory,
        number=found.number,
        issued=found.issued.isoformat(),
        union_number=union.number,
        union_issued=union.issued.isoformat(),
        # Who signs the country's list is known by the Union's, so both must be of today.
        next_update=min(found.next_update, union.next_update).isoformat(),
        brought=now.isoformat(timespec="seconds"),
        certificates=len(certificates),
    )
    if before := trust.brought(territory):
        _require_not_older(new, before)
    trust.keep(new, b"".join(pem.armor("CERTIFICATE", one.dump()) for one in certificates))
    return new


def _require_not_older(new: Brought, before: Brought) -> None:
    """An older list still names whom the newer one took out; the Union's does so for countries."""
    if new.union_version < before.union_version:
        raise BadList("europejska lista jest starsza niż ta, którą już mamy")
    if new.version < before.version:
        raise BadList(f"lista kraju {new.territory} jest starsza niż ta, którą już mamy")


def _of_country(
    source: Source, union: TrustedList, territory: str, now: datetime
) -> tuple[TrustedList, list[x509.Certificate]]:
    """By the first of the places that the Union names where a good one lies."""
    failure = BadList("")
    for pointer in trustlists.pointers(union, territory):
        try:
            content = fetch(source.country_url or pointer.location)
            found = trustlists.of_country(content, pointer.signers, territory, now)
            return found, trustlists.issuers(found)
        except BadList as bad:
            failure = bad
    raise failure


def fetch(url: str) -> bytes:
    """The whole answer of an address, within limits of length and time."""
    try:
        with closing(_opener(url).open(url, timeout=_SILENCE_SECONDS)) as answer:
            return _read(answer, url)
    except HTTPError as error:
        error.close()
        raise BadList(f"{url} odpowiada błędem {error.code}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise BadList(f"nie udało się pobrać {url} ({error})") from None


def _read(answer: Any, url: str) -> bytes:
    until, content = time.monotonic() + WALL_SECONDS, bytearray()
    while piece := answer.read1(_PIECE):
        content += piece
        if len(content) > MAX_BYTES:
            raise BadList(f"{url} przysyła więcej niż {MAX_BYTES // (1024 * 1024)} MB")
        if time.monotonic() > until:
            raise BadList(f"{url} odpowiada zbyt wolno")
    if answer.length:
        raise BadList(f"odpowiedź z {url} urwała się przed końcem")
    return bytes(content)


def _opener(url: str) -> request.OpenerDirector:
    """HTTP alone; from https only on to https."""
    opener = request.OpenerDirector()
    is_secure = url.startswith("https:")
    for handler in (
        request.ProxyHandler(),
        request.HTTPSHandler(),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
        request.UnknownHandler(),
        _Redirects(is_secure=is_secure),
        *([] if is_secure else [request.HTTPHandler()]),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(request.HTTPRedirectHandler):
    max_redirections = 5

    def __init__(self, *, is_secure: bool) -> None:
        self.is_secure = is_secure

    def redirect_request(
        self, req: request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> request.Request | None:
        if not newurl.startswith("https:" if self.is_secure else ("https:", "http:")):
            fp.close()
            raise BadList(f"adres przekierowuje w niedozwolone miejsce: {newurl[:200]}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
