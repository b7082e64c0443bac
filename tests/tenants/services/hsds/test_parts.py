"""Addresses that go out are real ones, whatever was typed."""

import pytest

from tenants.services.hsds.parts import mail_address, web_address


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("https://pokaz.example/a", "https://pokaz.example/a"),
        (
            "https://żółw.example:8000/ścieżka",
            "https://xn--w-uga1v8h.example:8000/%C5%9Bcie%C5%BCka",
        ),
        ("pokaz.example", ""),
        ("/poradnia", ""),
        ("javascript:alert(1)", ""),
        ("https://ktos:haslo@pokaz.example/", ""),
        ("", ""),
    ],
)
def test_a_website_is_an_absolute_address_or_nothing(typed: str, given: str) -> None:
    assert web_address(typed) == given


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("poradnia@pokaz.example", "poradnia@pokaz.example"),
        ("poradnia@żółw.example", "poradnia@xn--w-uga1v8h.example"),
        ("poradnia", ""),
        ("", ""),
    ],
)
def test_a_mail_address_is_a_real_one_or_nothing(typed: str, given: str) -> None:
    assert mail_address(typed) == given
