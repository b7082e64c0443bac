"""A certificate that had expired when the file came: only a trusted stamp proves an earlier day."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from kooperacja.documents import containers, signatures, sigtrust
from kooperacja.documents.models import Verdict
from kooperacja.documents.signatures import Signature
from kooperacja.documents.sigreport import Claim, Report, remarks
from tests.factories import revisions, signing
from tests.factories import signatures as make
from tests.factories.containers import Signer, asice, enveloping
from tests.factories.signing import signed
from tests.kooperacja.documents.signing import here, judged

__all__ = ["here"]
pytestmark = pytest.mark.usefixtures("here")

SIGNED, ENDS, CAME = (datetime(year, 6, 1, 12, tzinfo=UTC) for year in (2020, 2021, 2022))
EXPIRED = (
    "Certyfikat wygasł 1\xa0czerwca\xa02021\xa0r., a dnia podpisu nie potwierdza znacznik czasu"
)
Trust = Callable[[str], None]


@pytest.fixture
def trusting(tmp_path: Path, settings: Any) -> Trust:
    """Only the issuer of this name is trusted; nobody, without one."""

    def trust(name: str) -> None:
        settings.SIGNATURE_TRUST_DIR = str(tmp_path) if name else ""
        if name:
            issuer = make.issuer() if name == signing.CENTRE else make.issuer(name)
            (tmp_path / "issuer.pem").write_bytes(issuer.pem)

    return trust


def at(day: datetime, make_it: Callable[[], bytes]) -> bytes:
    with time_machine.travel(day, tick=False):
        return make_it()


def came(day: datetime, content: bytes) -> Signature:
    with time_machine.travel(day, tick=False):
        verdict, (one,) = judged(content)
    assert verdict == Verdict.INTACT
    signatures.require_signed(verdict)
    return one


def by_expired(**how: Any) -> bytes:
    return signed(signing.signer(until=ENDS), **how)


@pytest.mark.parametrize("name", [signing.CENTRE, ""])
def test_a_claimed_day_alone_is_told_as_unproven_and_refuses_nothing(
    trusting: Trust, name: str
) -> None:
    trusting(name)
    one = came(CAME, at(SIGNED, by_expired))
    assert one.is_good
    assert one.expiry.startswith(EXPIRED)
    assert "poproś o podpis ważnym certyfikatem" in one.expiry
    assert Report([one], remarks(Claim(), [one])).everything_to_check == [one.expiry]


@pytest.mark.parametrize("name", [signing.CENTRE, ""])
def test_a_file_that_came_before_stays_as_it_was(trusting: Trust, name: str) -> None:
    trusting(name)
    one = came(datetime(2021, 5, 31, tzinfo=UTC), at(SIGNED, by_expired))
    with time_machine.travel(CAME):
        assert one.expiry == ""
        kept = {"came_at": "2021-05-31T00:00:00+00:00", "valid_until": ENDS.isoformat()}
        facts = sigtrust.MALFORMED | {"fault": ""}
        assert Signature.of(facts | kept).expiry == ""
        assert Signature.of(facts | {"valid_until": ENDS.isoformat()}).expiry == ""


STAMPED: dict[str, Callable[[], bytes]] = {
    "signature": lambda: by_expired(timestamper=signing.time_stamper()),
    "document": lambda: revisions.stamped(by_expired()),
}


@pytest.mark.parametrize("of", STAMPED)
def test_a_trusted_time_stamp_proves_the_day(trusting: Trust, of: str) -> None:
    content = at(SIGNED, STAMPED[of])
    trusting(signing.CENTRE)
    assert came(CAME, content).expiry == ""
    trusting("")  # whoever made it, it may be the signer
    assert came(CAME, content).expiry.startswith(EXPIRED)
    trusting("Zaufane Inne Centrum")
    assert came(CAME, content).expiry.startswith(EXPIRED)


def test_a_stamp_made_after_the_end_proves_no_day_before_it(trusting: Trust) -> None:
    trusting(signing.CENTRE)
    content = at(SIGNED, by_expired)
    late = at(datetime(2021, 7, 1, tzinfo=UTC), lambda: revisions.stamped(content))
    one = came(CAME, late)
    assert "znacznik czasu jest dopiero z 1\xa0lipca\xa02021\xa0r." in one.expiry


def test_a_certificate_that_had_ended_on_the_claimed_day_is_told_as_that_alone(
    trusting: Trust,
) -> None:
    trusting(signing.CENTRE)
    one = came(CAME, at(datetime(2021, 6, 2, tzinfo=UTC), by_expired))
    assert "nie był ważny w chwili podpisania" in one.trust
    assert one.expiry == ""


def of_container(content: bytes) -> Signature:
    asked = sigtrust.certificates(signatures.trust.folder())
    facts, _ = containers.inspect(content, asked, 10**7)
    verdict, told = signatures.together(Verdict.ABSENT, [], facts["signatures"])
    assert verdict == Verdict.INTACT
    return Signature.of(told[0])


@pytest.mark.parametrize("make_it", [enveloping, asice])
def test_a_container_is_told_of_in_the_same_words(
    trusting: Trust, make_it: Callable[..., bytes]
) -> None:
    trusting(signing.CENTRE)
    content = make_it(b"", Signer(until=ENDS, signed_at=SIGNED.isoformat()))
    for day, is_told in ((CAME, True), (datetime(2021, 5, 31, tzinfo=UTC), False)):
        with time_machine.travel(day, tick=False):
            one = of_container(content)
        assert one.is_trusted
        assert one.expiry.startswith(EXPIRED) == is_told
