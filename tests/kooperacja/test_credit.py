"""A worker takes the next task although the broker was silent when the last was struck off."""

from typing import Any
from unittest.mock import MagicMock

import pytest
from kombu.transport import redis, virtual

from kooperacja.celery import app


def test_a_broker_that_is_silent_at_the_end_of_a_task_leaves_no_worker_deaf() -> None:
    assert app.connection_for_write().transport.Channel is redis.Channel
    channel = MagicMock()
    credit: Any = redis.Channel.QoS(channel, prefetch_count=1)
    credit._on_collect.cancel()  # nothing is given back when the tests end
    virtual.QoS.append(credit, object(), "first")
    assert not credit.can_consume()
    channel.conn_or_acquire.side_effect = TimeoutError
    with pytest.raises(TimeoutError):
        credit.ack("first")
    assert credit.can_consume()
