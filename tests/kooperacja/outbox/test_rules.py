"""When a message that failed is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kooperacja.outbox.rules import back_off


def test_each_wait_is_twice_as_long_as_the_one_before() -> None:
    assert [back_off(n) for n in (1, 2, 3)] == [timedelta(seconds=s) for s in (15, 30, 60)]


@given(st.integers(1, 10**6))
def test_no_wait_is_longer_than_an_hour(attempts: int) -> None:
    assert timedelta(0) < back_off(attempts) <= timedelta(hours=1)
