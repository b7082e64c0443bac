"""Numbers of arrangements taken at the same moment have no gap and none comes twice."""

import threading
from datetime import timedelta

from django.db import connections
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from tenants.meetings.actions.arrangements import arrange
from tenants.meetings.models.arrangements import Arrangement
from tenants.registry import directory
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership

AT_ONCE = 4


def test_each_takes_the_next_one(fresh_database: str) -> None:
    gmina = directory.find("gogolin")
    assert gmina is not None
    with inside(gmina):
        make_partnership.found(gmina)
        meeting, seat, by = make.past(), make.seat_of(), make.by()
    values = {"text": "x", "due_on": timezone.localdate() + timedelta(days=9)}
    meet = threading.Barrier(AT_ONCE)

    def come() -> None:
        with inside(gmina):
            meet.wait()
            arrange(
                by=by, meeting_id=meeting.pk, key=uuid7(), seat=seat.pk, item=None, values=values
            )
        connections.close_all()

    threads = [threading.Thread(target=come) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with inside(gmina):
        numbers = Arrangement.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [*range(1, AT_ONCE + 1)]
