"""Trusted lists: brought, verified, dated; what is forged, old, foreign or cut changes nothing."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest
import time_machine
from click.testing import CliRunner, Result

from kooperacja.__main__ import cli
from kooperacja.documents import signatures, trust, trustupdate
from tests.factories import signatures as make
from tests.factories import trustlists as lists
from tests.kooperacja.documents.served import Served, serving

NOW = datetime.now(UTC)
UNION, POLAND = "/eu-lotl.xml", "/PL_TSL.xml"


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    settings.SIGNATURE_TRUST_DIR = str(tmp_path / "trust")
    return tmp_path / "trust"


@pytest.fixture
def served(place: Path) -> Iterator[Served]:
    with serving() as found:
        union(found)
        poland(found)
        yield found


def union(served: Served, *, by: str = "Unia", **said: Any) -> None:
    body = lists.pointer(served.address + POLAND, lists.publisher("Polska"))
    made = lists.Made(**{"kind": lists.LISTS, "territory": "EU", "body": body} | said)
    served.put(UNION, made.signed(lists.publisher(by)))


def poland(served: Served, *, by: str = "Polska", **said: Any) -> None:
    body = lists.services(lists.service(make.issuer().pem))
    made = lists.Made(**{"body": body} | said)
    served.put(POLAND, made.signed(lists.publisher(by)))


def update(served: Served, place: Path, *more: str) -> Result:
    signers = place.parent / "unia.pem"
    signers.write_bytes(lists.publisher("Unia").pem)
    asked = ["trust", "update", "--url", served.address + UNION, "--signers", str(signers), *more]
    return CliRunner().invoke(cli, asked)


def seen(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.iterdir()} if place.is_dir() else {}


def signature() -> signatures.Signature:
    (facts,) = signatures.check(make.signed("Jan"))[1]
    return signatures.Signature.of(facts)


def test_a_list_is_brought_and_its_issuers_are_trusted(served: Served, place: Path) -> None:
    assert signature().is_trusted is None

    result = update(served, place)

    assert result.exit_code == 0, result.output
    assert "Lista zaufanych PL nr 7" in result.output
    assert set(seen(place)) == {"lista-PL.pem", "lista-PL.json"}
    said = json.loads((place / "lista-PL.json").read_text())
    assert (said["territory"], said["number"], said["certificates"]) == ("PL", 7, 1)
    assert signature().trust == "wystawca zaufany"
    assert list(trust.remarks()) == []


def test_only_those_who_may_now_issue_for_signatures_are_taken(served: Served, place: Path) -> None:
    one, *others = (make.issuer(f"Zaufane {name}").pem for name in ("A", "B", "C"))
    poland(
        served,
        body=lists.services(
            lists.service(one),
            lists.service(others[0], status="withdrawn"),
            lists.service(others[1], extra=lists.FOR_PAGES_ONLY),
        ),
    )
    assert update(served, place).exit_code == 0
    assert (place / "lista-PL.pem").read_bytes().replace(b"\n", b"") == one.replace(b"\n", b"")


def test_a_copy_of_the_country_s_list_may_lie_elsewhere(served: Served, place: Path) -> None:
    copy = served.put("/kopia.xml", served.bodies.pop(POLAND))
    assert update(served, place).exit_code == 1
    assert update(served, place, "--country-url", copy).exit_code == 0


def test_what_an_operator_put_there_stays(served: Served, place: Path) -> None:
    place.mkdir()
    (place / "wlasny.pem").write_bytes(make.issuer("Zaufane Własne").pem)
    before = seen(place)
    assert update(served, place).exit_code == 0
    assert before.items() <= seen(place).items()


def _forge(served: Served) -> None:
    served.bodies[POLAND] = served.bodies[POLAND].replace(b"Centrum", b"Centrala")


def _wrap(served: Served) -> None:
    """The signed list is put inside another one, which says what its maker likes."""
    body = lists.services(lists.service(make.issuer().pem))
    good = lists.Made(body=body).signed(lists.publisher("Polska"), "#lista")
    signed = good.split(b"?>", 1)[1].strip()
    forged = lists.Made(number=99, body=lists.services(lists.service(make.issuer("Zaufane X").pem)))
    other = forged.xml().replace('Id="lista"', 'Id="obca"').encode()
    head, tail = other.rsplit(b"</TrustServiceStatusList>", 1)
    served.bodies[POLAND] = head + signed + b"</TrustServiceStatusList>" + tail


def _bomb(served: Served) -> None:
    entities = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    served.bodies[POLAND] = served.bodies[POLAND].replace(b"?>", b"?>" + entities, 1)


def _cut(served: Served) -> None:
    served.cut.add(POLAND)


def _endless(served: Served) -> None:
    served.endless.add(POLAND)


def _gone(served: Served) -> None:
    del served.bodies[UNION]


def _led_to_a_file(served: Served) -> None:
    served.redirects[POLAND] = "file:///etc/passwd"


def _led_in_a_ring(served: Served) -> None:
    served.redirects[POLAND] = served.address + POLAND


PAST, SOON = NOW - timedelta(days=3), NOW + timedelta(days=3)
BAD: list[tuple[str, Callable[[Served], object], str]] = [
    ("forged", _forge, "nie ma ważnego podpisu"),
    ("entities", _bomb, "nie ma ważnego podpisu"),
    ("signed by another", lambda it: poland(it, by="Obcy"), "nie ma ważnego podpisu"),
    ("union signed by another", lambda it: union(it, by="Obcy"), "nie ma ważnego podpisu"),
    ("no list of lists", lambda it: union(it, kind=lists.COUNTRY), "to nie jest europejska lista"),
    ("expired", lambda it: poland(it, next_update=PAST), "lista straciła ważność"),
    ("union expired", lambda it: union(it, next_update=PAST), "lista straciła ważność"),
    ("of another country", lambda it: poland(it, territory="DE"), "to lista kraju DE, a nie PL"),
    ("older than ours", lambda it: poland(it, number=6), "kraju PL jest starsza niż ta, którą"),
    ("issued before ours", lambda it: poland(it, next_update=SOON), "kraju PL jest starsza niż ta"),
    ("union older", lambda it: union(it, number=6), "europejska lista jest starsza niż ta, którą"),
    (
        "union issued before",
        lambda it: union(it, next_update=SOON),
        "europejska lista jest starsza",
    ),
    ("nobody on it", lambda it: poland(it, body=lists.services()), "nie ma żadnego wystawcy"),
    ("not named", lambda it: union(it, body=""), "nie wskazuje listy kraju PL"),
    ("half sent", _cut, "urwała się przed końcem"),
    ("without end", _endless, "przysyła więcej niż 20 MB"),
    ("not there", _gone, "odpowiada błędem 404"),
    ("led to a file", _led_to_a_file, "odpowiada błędem 302"),
    ("led in a ring", _led_in_a_ring, "odpowiada błędem 302"),
    ("no XML", lambda it: it.put(POLAND, b"<html>"), "nie ma ważnego podpisu"),
]


@pytest.mark.parametrize(("spoil", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_is_not_in_order_changes_nothing(
    served: Served, place: Path, spoil: Callable[[Served], object], said: str
) -> None:
    assert update(served, place).exit_code == 0
    before = seen(place)

    spoil(served)
    result = update(served, place)

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: Listy zaufanych nie zmieniono: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert seen(place) == before


def test_of_a_list_inside_another_only_the_signed_one_counts(served: Served, place: Path) -> None:
    _wrap(served)
    result = update(served, place)
    assert "Lista zaufanych PL nr 7" in result.output
    assert make.issuer("Zaufane X").pem not in (place / "lista-PL.pem").read_bytes()


def test_a_redirect_is_followed(served: Served, place: Path) -> None:
    served.put("/nowe.xml", served.bodies[POLAND])
    served.redirects[POLAND] = served.address + "/nowe.xml"
    assert update(served, place).exit_code == 0


def test_from_https_no_redirect_leads_to_http() -> None:
    redirects = trustupdate._Redirects(is_secure=True)
    with pytest.raises(trustupdate.BadList, match="niedozwolone miejsce"):
        redirects.redirect_request(
            Request("https://127.0.0.1/"), io.BytesIO(), 302, "", {}, "http://127.0.0.1/"
        )


def test_a_list_past_its_day_is_said_with_its_age(served: Served, place: Path) -> None:
    assert next(trust.remarks()).startswith("Nie pobrano listy zaufanych wystawców")
    union(served, next_update=NOW + timedelta(days=10))
    assert update(served, place).exit_code == 0

    with time_machine.travel(NOW + timedelta(days=14), tick=True):
        one = signature()
        (remark,) = trust.remarks()

    assert one.trust == (
        "nie sprawdzono, czy wystawca jest na aktualnej liście zaufanych: listy nie odnowiono "
        "od 5 dni (według dotychczasowej: wystawca zaufany)"
    )
    assert "straciła ważność" in remark


def test_half_a_file_beside_is_not_read(place: Path) -> None:
    place.mkdir()
    (place / ".nowy").write_bytes(b"-----BEGIN CERTIFICATE-----\nMII")
    assert signature().is_trusted is None
