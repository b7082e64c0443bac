"""What the form says of signer and day beside what the signatures say: a remark, never a refusal."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kooperacja.documents.models import SignatureReport, StoredFile
from kooperacja.documents.signatures import Signature
from kooperacja.documents.sigreport import Claim, is_same_person, remarks, report_of

DAY = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)  # already the fourth in Poland


def signature(signer: str = "Jan Dyrektor", **how: Any) -> Signature:
    moment = how.pop("at", DAY)
    return Signature(signer, "Centrum", moment, False, True, True, False, None, **how)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Łucja Żółć", "LUCJA ZOLC"),
        ("Anna Nowak-Kowalska", "Anna Nowak Kowalska"),
        ("Anna Nowak - Kowalska", "KOWALSKA-NOWAK ANNA"),
        ("dr hab. Jan Dyrektor", "Jan Dyrektor"),
        ("Jan Dyrektor", "Jan Maria Dyrektor, Szkoła nr 1"),
        ("", "Jan"),
    ],
)
def test_one_person_is_written_in_many_ways(name: str, other: str) -> None:
    assert is_same_person(name, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Jan Dyrektor", "Ewa Dyrektor"),
        ("Jan Dyrektor", "Jan"),
        ("Jan Dyrektor", ""),
        ("Jan Dyrektor", "Platforma Próbna"),
    ],
)
def test_two_people_are_two(name: str, other: str) -> None:
    assert not is_same_person(name, other)


def test_nothing_is_remarked_where_it_agrees_or_the_form_is_silent() -> None:
    some = [signature("Ewa Inna", at=None), signature()]
    assert remarks(Claim("Jan Dyrektor", date(2026, 3, 4)), some) == []
    assert remarks(Claim(), some) == []


def test_another_signer_and_another_day_are_remarked() -> None:
    found = remarks(Claim("Jan Dyrektor", date(2026, 3, 3)), [signature("Ewa Inna")])
    assert found == [
        "Formularz mówi, że podpisuje Jan Dyrektor, a w podpisie jest Ewa Inna.",
        "Formularz mówi, że dokument jest z 3\xa0marca\xa02026\xa0r., a podpis z 4\xa0marca\xa02026\xa0r.",
    ]


def test_several_signers_and_days_are_told_of_as_several() -> None:
    some = [signature("Jan Dyrektor"), signature("Ewa Księgowa")]
    assert remarks(Claim("Anna Inna", date(2026, 3, 3)), some) == [
        "Formularz mówi, że podpisuje Anna Inna, a w podpisach są Jan Dyrektor, Ewa Księgowa.",
        (
            "Formularz mówi, że dokument jest z 3\xa0marca\xa02026\xa0r., "
            "a podpisy z 4\xa0marca\xa02026\xa0r."
        ),
    ]


@pytest.mark.parametrize("kind", ["QUALIFIED", "TRUSTED"])
def test_the_kind_that_the_certificate_bears_out_is_not_remarked(kind: str) -> None:
    assert remarks(Claim(kind=kind), [signature(kind=kind)]) == []
    assert remarks(Claim(kind="PAPER_SCAN"), [signature(kind="PLAIN")]) == []


@pytest.mark.parametrize(
    ("claimed", "kind", "said"),
    [
        ("QUALIFIED", "PLAIN", "a certyfikat nie mówi, jaki to podpis: sprawdź go w programie"),
        ("TRUSTED", "", "a certyfikat nie mówi, jaki to podpis: sprawdź go w programie"),
        ("QUALIFIED", "TRUSTED", "a certyfikat mówi: podpis zaufany. Sprawdź, czy taki"),
        ("TRUSTED", "PERSONAL", "a certyfikat mówi: podpis osobisty (e-dowód). Sprawdź"),
        ("QUALIFIED", "QUALIFIED_SEAL", "a certyfikat mówi: pieczęć elektroniczna z certyfikatem"),
        ("QUALIFIED", "ADVANCED", "a certyfikat mówi: zaawansowany podpis elektroniczny z cert"),
    ],
)
def test_another_kind_than_the_form_says_is_remarked(claimed: str, kind: str, said: str) -> None:
    (found,) = remarks(Claim("Jan Dyrektor", kind=claimed), [signature(kind=kind)])
    assert found.startswith("Formularz mówi, że to ")
    assert said in found


def test_the_kind_is_that_of_the_signer_whom_the_form_names() -> None:
    some = [signature(kind="PLAIN"), signature("Ewa Księgowa", kind="QUALIFIED")]
    assert len(remarks(Claim("Jan Dyrektor", kind="QUALIFIED"), some)) == 1
    assert remarks(Claim("Ewa Księgowa", kind="QUALIFIED"), some) == []


def test_a_certificate_that_calls_itself_qualified_without_a_trusted_issuer_is_remarked() -> None:
    own = replace(signature(kind="QUALIFIED"), is_trusted=False)
    (found,) = remarks(Claim(kind="QUALIFIED"), [own])
    assert "ale wystawcy nie ma na liście zaufanych: sprawdź go" in found


def test_the_signer_of_a_seal_is_the_person_for_whom_it_was_put() -> None:
    seal = signature("Minister", on_behalf="JAN DYREKTOR")
    assert remarks(Claim("Jan Dyrektor"), [seal]) == []


@pytest.mark.usefixtures("office")
def test_a_report_of_earlier_days_is_shown_as_well() -> None:
    facts = {
        "signer": "Jan",
        "issuer": "Centrum",
        "signed_at": DAY.isoformat(),
        "is_intact": True,
        "covers_all": True,
        "is_changed_after": False,
    }
    file = StoredFile()
    file.signature_report = SignatureReport(file=file, verdict="INTACT", signatures=[facts])
    report = report_of(file, Claim("Ewa Inna"))
    assert report_of(None, Claim()) is None
    assert report is not None
    assert len(report.everything_to_check) == 1
    one = Signature.of(facts)
    assert (one.is_good, one.who, one.validity, one.note) == (True, "Jan", "", "")
