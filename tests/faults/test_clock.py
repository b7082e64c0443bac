"""The clock is changed, for summer or by hand: what is done once a night is done once."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery.beat import Scheduler
from celery.schedules import crontab
from django.conf import settings

from kooperacja.celery import app

WARSAW = ZoneInfo("Europe/Warsaw")
NIGHTLY = {
    name: entry
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items()
    if isinstance(entry["schedule"], crontab)
}


class Beat(Scheduler):
    """The schedule without its clock and its broker: it notes what it would have sent."""

    producer = None

    def __init__(self) -> None:
        self.sent: dict[str, list[datetime]] = defaultdict(list)
        super().__init__(app)

    def setup_schedule(self) -> None:
        self.update_from_dict(NIGHTLY)

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        self.sent[entry.name].append(datetime.now(UTC))


def live(beat: Beat, clock: time_machine.Traveller, until: datetime) -> None:
    """As beat's loop does: it asks what is due, and sleeps five minutes at most."""
    while datetime.now(UTC) < until:
        clock.shift(min(max(beat.tick(), 0.01), 300))


@pytest.mark.parametrize("saturday", [datetime(2026, 3, 28), datetime(2026, 10, 24)])
def test_on_the_night_when_the_clocks_change_each_runs_once(saturday: datetime) -> None:
    noon = saturday.replace(hour=12, tzinfo=WARSAW)
    with time_machine.travel(noon, tick=False) as clock:
        beat = Beat()
        live(beat, clock, noon + timedelta(days=1))
    assert {name: len(sent) for name, sent in beat.sent.items()} == dict.fromkeys(NIGHTLY, 1)


@pytest.mark.parametrize("jump", [timedelta(minutes=-90), timedelta(minutes=90)])
def test_a_clock_set_by_hand_in_the_night_runs_each_once(jump: timedelta) -> None:
    noon = datetime(2026, 5, 8, 12, tzinfo=WARSAW)
    with time_machine.travel(noon, tick=False) as clock:
        beat = Beat()
        live(beat, clock, noon + timedelta(hours=15, minutes=45))
        clock.shift(jump)
        live(beat, clock, noon + timedelta(days=1))
    assert {name: len(sent) for name, sent in beat.sent.items()} == dict.fromkeys(NIGHTLY, 1)
