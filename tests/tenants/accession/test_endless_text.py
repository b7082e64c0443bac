"""The page on which strangers write can't be used to stop the process."""

import time

import pytest
from django.test import Client

from kooperacja.tenancy.ref import TenantRef

PAGE = "/gmina/gogolin/dolacz/"


@pytest.mark.parametrize(
    "sent", ["a" + "\u0301\u0316" * 40_000, "ż" * 2_400_000], ids=["marks", "letters"]
)
def test_a_stranger_is_refused_before_the_text_is_read(
    in_partnership: TenantRef, sent: str
) -> None:
    began = time.process_time()
    answer = Client().post(PAGE, {"institution_name": sent})
    assert answer.status_code == 422
    assert "najwięcej znaków" in answer.content.decode().replace("\xa0", " ")
    assert time.process_time() - began < 2


def test_a_name_that_nobody_sees_is_none(in_partnership: TenantRef) -> None:
    answer = Client().post(PAGE, {"institution_name": "\u2800\ufe0f\U000e0100\u0301"})
    assert answer.status_code == 422
    assert "To pole jest wymagane" in answer.content.decode()
