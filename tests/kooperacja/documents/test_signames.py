"""Who signed, with what kind of certificate, and whom to trust; never a PESEL."""

import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from asn1crypto import cms, x509
from pyhanko.sign.ades.api import CAdESSignedAttrSpec, SignerAttrSpec
from pyhanko.sign.fields import SigSeedSubFilter

from kooperacja.documents import signames, signatures
from kooperacja.documents.models import Verdict
from kooperacja.documents.signatures import Signature
from tests.factories import revisions, signing
from tests.factories import signatures as make
from tests.factories.signing import signed
from tests.kooperacja.documents.signing import by_seal, here, judged, refusal

pytestmark = pytest.mark.usefixtures("here")
__all__ = ["here"]
LONG_NUMBER = re.compile(r"\d{11}")


def test_the_person_for_whom_a_seal_was_put_is_named_and_the_pesel_is_not() -> None:
    _, facts = signatures.check(by_seal(kind=signing.WithoutNull))
    one = Signature.of(facts[0])

    assert (one.who, one.kind_label) == ("ANNA PRZYKŁADOWA", "podpis zaufany")
    assert one.signer.startswith("Minister do spraw informatyzacji")
    assert not LONG_NUMBER.search(json.dumps(facts))


def test_a_seal_names_the_person_from_its_own_attributes_first() -> None:
    def attribute(number: str, value: str) -> cms.AttCertAttribute:
        return cms.AttCertAttribute(
            {"type": number, "values": [x509.DirectoryString({"utf8_string": value})]}
        )

    claimed = [attribute("2.5.4.42", "Anna"), attribute("2.5.4.4", "Przykładowa")]
    spec = CAdESSignedAttrSpec(signer_attributes=SignerAttrSpec(claimed, []))
    content = signed(
        signing.seal(),
        subfilter=SigSeedSubFilter.PADES,
        cades_signed_attr_spec=spec,
        name="ktoś inny",
    )
    assert judged(content)[1][0].who == "Anna Przykładowa"


def test_a_person_signs_for_nobody_else_whatever_the_fields_say() -> None:
    content = signed(signing.signer("Jan Dyrektor"), reason=signing.REASON, name="Ewa")
    assert judged(content)[1][0].who == "Jan Dyrektor"


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        (f"Jan Dyrektor PNOPL-{signing.PESEL}", "Jan Dyrektor"),
        (f"Jan Dyrektor, PESEL: {signing.PESEL}", "Jan Dyrektor"),
        (f"Jan {signing.PESEL} Dyrektor", "Jan Dyrektor"),
        ("Jan Dyrektor 440 514 013 59", "Jan Dyrektor"),
        ("Jan Dyrektor 4405\u200b1401359", "Jan Dyrektor"),
        (
            "Jan Dyrektor \uff14\uff14\uff10\uff15\uff11\uff14\uff10\uff11\uff13\uff15\uff19",
            "Jan Dyrektor",
        ),
        ("Jan Dyrektor PESEL:440514:01359", "Jan Dyrektor"),
        ("Jan Dyrektor 440514_013_59", "Jan Dyrektor"),
        ("Jan Dyrektor 4405|14|01|359", "Jan Dyrektor"),
        ("Jan Dyrektor 44(05)14, 01+3\u00b75=9", "Jan Dyrektor"),
        (signing.PESEL, ""),
    ],
)
def test_no_number_as_long_as_a_pesel_leaves_the_reader(named: str, shown: str) -> None:
    by = signing.signer(named=signing.subject(named, serial=f"PNOPL-{signing.PESEL}"))
    field = f"Podpis {signing.PESEL}"
    content = signed(by, field=field, reason=signing.REASON, name=signing.PESEL)
    _, facts = signatures.check(content)

    assert facts[0]["signer"] == shown
    assert not LONG_NUMBER.search(json.dumps(facts))


@pytest.mark.parametrize(
    "kept",
    [
        "ZUS, 2026-11-28, pokój 12",
        "Skan 2026-11-28 10:30:15",
        "Nr 12/2026 z 28.11",
        "tel. 77 466 65 00",
        "1a2b3c4d5e6f",
    ],
)
def test_a_day_and_a_shorter_number_stay(kept: str) -> None:
    assert signames.plain(kept) == kept


def test_a_long_text_without_a_pesel_is_read_at_once() -> None:
    began = time.process_time()
    signames.plain(("1" + "_" * 9_999) * 9 + "x")
    signames.plain("1 " * 9 + "_" * 200_000)
    assert time.process_time() - began < 2


def test_a_field_whose_name_is_a_pesel_is_not_named_as_changed() -> None:
    content = revisions.with_another_value(signed(content=revisions.form(signing.PESEL)))
    assert "inna wartość pola formularza „”" in refusal(content)
    assert signing.PESEL not in refusal(content)


PERSON = signing.subject("Jan Dyrektor", given="Jan", surname="Dyrektor")
OFFICE = signing.subject("Gmina Próbna", organization="Gmina Próbna")
KINDS: dict[str, dict[str, Any]] = {
    "kwalifikowany podpis elektroniczny": {"named": PERSON, "says": ("1", "4", "6.1")},
    "zaawansowany podpis elektroniczny z certyfikatem kwalifikowanym": {
        "named": PERSON,
        "says": ("1", "6.1"),
    },
    "pieczęć elektroniczna z certyfikatem kwalifikowanym": {
        "named": OFFICE,
        "says": ("1", "4", "6.2"),
    },
    "pieczęć elektroniczna": {"named": OFFICE},
    "podpis osobisty (e-dowód)": {
        "named": PERSON,
        "by": "Zaufane Ministerstwo Spraw Wewnętrznych i Administracji",
    },
    "podpis elektroniczny, certyfikat nie mówi jaki": {"named": PERSON},
}


@pytest.mark.parametrize("label", KINDS)
def test_a_signature_is_called_what_its_certificate_says(label: str) -> None:
    how = dict(KINDS[label])
    says = how.pop("says", ())
    extensions = [(signing.statements(*says), False)] if says else []
    content = signed(signing.signer(extensions=extensions, **how))
    assert judged(content)[1][0].kind_label == label


@pytest.fixture
def trusted(tmp_path: Path, settings: Any) -> None:
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)
    (tmp_path / "centrum.pem").write_bytes(make.issuer().pem)


@pytest.mark.parametrize("kind", [signing.WithoutNull, signing.SimpleSigner])
def test_a_seal_of_a_listed_issuer_is_trusted(trusted: None, kind: Any) -> None:
    verdict, (one,) = judged(by_seal(kind=kind))
    assert (verdict, one.is_trusted, one.trust) == (Verdict.INTACT, True, "wystawca zaufany")


def test_a_certificate_signed_without_null_is_trusted_too(tmp_path: Path, settings: Any) -> None:
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)
    root, by = signing.chain_without_null()
    (tmp_path / "rsa.pem").write_bytes(root)
    assert judged(signed(by))[1][0].trust == "wystawca zaufany"


def test_a_certificate_that_was_not_valid_is_named_as_that(trusted: None, settings: Any) -> None:
    content = signed(signing.signer(until=signing.LONG_AGO))
    words = "certyfikat nie był ważny w chwili podpisania"

    assert words in judged(content)[1][0].trust
    settings.SIGNATURE_TRUST_DIR = ""
    assert words in judged(content)[1][0].trust


def test_a_certificate_that_expired_since_is_trusted_by_the_day_of_signing(
    trusted: None,
) -> None:
    with time_machine.travel(datetime(2020, 6, 1, tzinfo=UTC)):
        content = signed(signing.signer(until=signing.LONG_AGO))
    _, (one,) = judged(content)

    assert (one.is_trusted, one.validity) == (
        True,
        "od 1\xa0stycznia\xa02020\xa0r. do 1\xa0stycznia\xa02021\xa0r.",
    )


def test_a_time_stamp_of_nobody_known_does_not_set_the_day(tmp_path: Path, settings: Any) -> None:
    content = signed(timestamper=signing.time_stamper())
    assert judged(content)[1][0].is_stamped
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)
    (tmp_path / "inne.pem").write_bytes(make.issuer("Zaufane Inne Centrum").pem)
    assert not judged(content)[1][0].is_stamped
