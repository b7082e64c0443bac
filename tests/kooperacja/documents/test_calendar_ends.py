"""A signature or its certificate may name the first or the last day of the calendar: it is read."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from asn1crypto import core, x509
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.documents import sigdays, signames
from kooperacja.documents.signatures import Signature
from kooperacja.documents.sigreport import Claim, remarks
from kooperacja.ui.polish import pl_date, pl_datetime
from tests.factories import signatures as make
from tests.factories import signing
from tests.factories.containers import Signer, enveloping
from tests.kooperacja.documents.opening import found
from tests.kooperacja.documents.signing import here, judged

__all__ = ["here"]

FAR = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ENDS = st.one_of(
    st.datetimes(max_value=datetime(1, 1, 3)), st.datetimes(min_value=datetime(9999, 12, 29))
)
MOMENTS = st.builds(lambda moment, zone: moment.replace(tzinfo=zone), ENDS, ZONES)


def shown(one: Signature) -> str:
    """What a page says of the days of a signature."""
    said = remarks(Claim("Jan Dyrektor", date(2026, 3, 3)), [one])
    return " ".join([pl_datetime(one.signed_at), one.validity, one.trust, *said])


@given(st.one_of(MOMENTS, ENDS), ZONES)
def test_a_bounded_moment_is_there_in_every_zone(moment: datetime, zone: timezone) -> None:
    kept = sigdays.bounded(moment)
    assert kept is not None
    assert sigdays.read(kept.astimezone(zone).isoformat()) == kept


@given(MOMENTS, MOMENTS, MOMENTS)
def test_facts_that_were_kept_before_are_shown(
    signed: datetime, since: datetime, until: datetime
) -> None:
    facts = {
        "signer": "Jan Dyrektor",
        "issuer": "Centrum",
        "is_intact": True,
        "covers_all": True,
        "is_changed_after": False,
        "signed_at": signed.isoformat(),
        "valid_from": since.isoformat(),
        "valid_until": until.isoformat(),
    }
    assert "Formularz mówi, że dokument jest z 3" in shown(Signature.of(facts))


@given(st.one_of(MOMENTS, ENDS))
def test_every_moment_is_told_in_polish(moment: datetime) -> None:
    assert pl_date(moment).endswith("r.")
    assert "godz." in pl_datetime(moment)


@pytest.mark.parametrize(
    "day",
    [
        *("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z"),
        *("9999-12-31T23:59:59-14:00", "9999-12-31T00:00:00+14:00"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_container_signed_at_an_end_is_read(day: str) -> None:
    (one,) = found(enveloping(b"", Signer(signed_at=day)))
    assert one.is_good
    assert "Formularz mówi, że dokument jest z 3" in shown(one)


@pytest.mark.parametrize(
    "read",
    [
        lambda: judged(signing.signed(signing.signer(until=FAR)))[1],
        lambda: found(enveloping(b"", Signer(until=FAR))),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_certificate_without_an_end_says_so(read: Any) -> None:
    (one,) = read()
    assert one.is_good
    assert one.validity == "od 1\xa0stycznia\xa02020\xa0r., bez daty końca"


def test_a_certificate_of_the_year_zero_is_told_of() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = make.asn1_of(make.certificate("Jan", key, signing.CENTRE, make.issuer().key))
    moment = core.GeneralizedTime(contents=b"00000101000000Z")
    certificate["tbs_certificate"]["validity"]["not_before"] = x509.Time("general_time", moment)
    facts = signames.told_of(x509.Certificate.load(certificate.dump(force=True)))
    assert facts["valid_from"] == "0001-01-02T00:00:00+00:00"
