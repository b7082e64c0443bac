"""An address for answers names a row, and nobody but this site can make one."""

from base64 import b32decode, b32encode
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uuid6 import uuid7

from kooperacja.incoming.address import Address, read_address, reply_address
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef

ROW = UUID("01936b3e-7b1a-7c3f-8a5d-1f2e3d4c5b6a")
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def made(tenant: TenantRef, kind: str = "udzial", row: UUID = ROW) -> str:
    with inside(tenant):
        return reply_address(kind, row)


def test_an_address_leads_to_its_row_whatever_servers_did_to_its_letters(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    for tenant in (gmina, powiat):
        row = uuid7()
        address = made(tenant, row=row)
        named = Address("udzial", tenant.code, row)
        assert read_address(address) == named
        assert read_address(f" {address.upper()} ") == named


def test_an_address_is_no_longer_than_servers_take(gmina: TenantRef) -> None:
    address = made(gmina, kind="abcdefgh")
    assert address.startswith("odpowiedzi+abcdefgh.")
    assert len(address.partition("@")[0]) <= 64


def test_no_other_token_is_taken(gmina: TenantRef) -> None:
    before, _, rest = made(gmina).partition(".")
    token, _, domain = rest.partition("@")
    for at, letter in enumerate(token):
        other = LETTERS[(LETTERS.index(letter) + 1) % 32]
        forged = f"{before}.{token[:at]}{other}{token[at + 1 :]}@{domain}"
        assert read_address(forged) is None, at
    for forged in (token[:-1], token + "a", "", "a" * 44):
        assert read_address(f"{before}.{forged}@{domain}") is None


def test_a_seal_holds_for_one_tenant_one_row_and_one_kind(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    def token_of(address: str) -> bytes:
        token = address.partition(".")[2].partition("@")[0]
        return b32decode(token.upper() + "====")

    ours, theirs = token_of(made(gmina)), token_of(made(powiat))
    other = token_of(made(gmina, row=uuid7()))
    for named, seal in ((theirs, ours), (ours, theirs), (other, ours)):
        token = b32encode(named[:19] + seal[19:]).decode().rstrip("=").lower()
        assert read_address(f"odpowiedzi+udzial.{token}@poczta.example.pl") is None
    assert read_address(made(gmina).replace("+udzial.", "+zgoda.")) is None


def test_an_address_of_another_box_is_none_of_ours(gmina: TenantRef) -> None:
    address = made(gmina)
    for other in (
        address.replace("odpowiedzi", "inne"),
        address.replace("poczta", "obca"),
        address.replace("+", "-"),
        f"x{address}",
        f"{address}.pl",
    ):
        assert read_address(other) is None


def test_a_site_without_a_box_gives_and_knows_no_address(gmina: TenantRef, settings: Any) -> None:
    address = made(gmina)
    settings.INCOMING_MAIL_ADDRESS = ""
    assert made(gmina) == ""
    assert read_address(address) is None
    assert read_address("+udzial.a@") is None


def test_another_key_of_the_site_makes_other_addresses(gmina: TenantRef, settings: Any) -> None:
    address = made(gmina)
    settings.SECRET_KEY = "inny klucz"
    assert read_address(address) is None


@given(st.text(max_size=80))
def test_whatever_is_written_there_is_no_address(text: str) -> None:
    assert read_address(text) is None
    assert read_address(f"odpowiedzi+udzial.{text}@poczta.example.pl") is None


@pytest.mark.parametrize("kind", ["", "Udzial", "zaproszenie", "a.b", "a1"])
def test_a_kind_is_a_short_word(gmina: TenantRef, kind: str) -> None:
    with pytest.raises(AssertionError):
        made(gmina, kind=kind)
