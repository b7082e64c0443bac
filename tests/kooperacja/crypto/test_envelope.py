"""A sealed value opens in its own place with its own key, and nowhere else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.crypto import kek
from kooperacja.crypto.envelope import (
    CryptoError,
    KeyMissing,
    Keyring,
    Tampered,
    bind,
    new_key,
    open_sealed,
    seal,
)

KEYS = {1: new_key(), 2: new_key(), 700: new_key()}
PLACE = bind("tenant", "people_person", "phone", "row")


def ring(active: int = 2, *numbers: int) -> Keyring:
    return Keyring(active, {number: KEYS[number] for number in numbers or KEYS})


@given(plain=st.binary(max_size=300), active=st.sampled_from(sorted(KEYS)))
def test_what_was_sealed_opens_again_under_any_key_of_the_ring(plain: bytes, active: int) -> None:
    sealed = seal(plain, aad=PLACE, keyring=ring(active))
    assert open_sealed(sealed, aad=PLACE, keyring=ring(1)) == plain


@given(plain=st.binary(max_size=60), data=st.data())
def test_any_flipped_bit_keeps_it_closed(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(plain, aad=PLACE, keyring=ring()))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CryptoError):
        open_sealed(bytes(sealed), aad=PLACE, keyring=ring())


@given(length=st.integers(0, 40))
def test_a_shortened_value_stays_closed(length: int) -> None:
    sealed = seal(b"Anna Nowak", aad=PLACE, keyring=ring())
    with pytest.raises(CryptoError):
        open_sealed(sealed[:length], aad=PLACE, keyring=ring())


@pytest.mark.parametrize("part", range(4))
def test_another_tenant_table_column_or_row_keeps_it_closed(part: int) -> None:
    words = ["tenant", "people_person", "phone", "row"]
    sealed = seal(b"600 100 200", aad=bind(*words), keyring=ring())
    words[part] = "other"
    with pytest.raises(Tampered):
        open_sealed(sealed, aad=bind(*words), keyring=ring())


def test_the_same_text_never_looks_the_same() -> None:
    assert len({seal(b"tak", aad=PLACE, keyring=ring()) for _ in range(50)}) == 50


def test_a_missing_key_says_so_and_opens_nothing() -> None:
    sealed = seal(b"x", aad=PLACE, keyring=ring(700))
    with pytest.raises(KeyMissing, match="nr 700"):
        open_sealed(sealed, aad=PLACE, keyring=ring(1, 1, 2))


def test_two_places_can_not_be_written_alike() -> None:
    for words in (("a|b", "c"), ("a", "")):
        with pytest.raises(ValueError, match="non-empty"):
            bind(*words)


def test_the_keys_are_not_shown_by_repr() -> None:
    assert "keys" not in repr(ring())


def test_the_first_master_key_of_the_setting_is_the_active_one() -> None:
    first, second = (base64.b64encode(KEYS[number]).decode() for number in (1, 2))
    parsed = kek.parse(f"9:{second}, 8:{first}")
    assert (parsed.active, parsed.key(8)) == (9, KEYS[1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        "1",
        "1:abc",
        "x:" + "A" * 43 + "=",
        "0:" + "A" * 43 + "=",
        "99999:" + "A" * 43 + "=",
        ",".join(["1:" + "A" * 43 + "="] * 2),
    ],
)
def test_a_wrong_setting_of_master_keys_is_refused_without_echoing_it(text: str) -> None:
    with pytest.raises(KeyMissing) as refusal:
        kek.parse(text)
    assert "AAAA" not in str(refusal.value)
