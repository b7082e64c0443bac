"""At most one summary an account and day, whatever happens in which order, and by how many workers."""

import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connections
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kooperacja import returns
from kooperacja.accounts.models import Account
from kooperacja.inbox import summaries
from kooperacja.inbox.actions import mark_done
from kooperacja.inbox.models import InboxItem, OutgoingMessage, Summary
from kooperacja.outbox.drain import drain, handlers
from kooperacja.outbox.mail import send_mail
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory
from tests.budget import cases
from tests.factories import accounts
from tests.kooperacja.inbox.lines import line

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
EVENTS = st.lists(
    st.sampled_from(["come", "settle", "plan", "send", "refuse", "hour", "day"]), max_size=40
)


class Story:
    """Days of two accounts, told event by event."""

    def __init__(self, people: list[Account], tenant: TenantRef, clock: Any) -> None:
        self.people, self.tenant, self.clock, self.now = people, tenant, clock, START
        self.refuses, self.count = False, 0
        self.mails: Counter[tuple[str, date]] = Counter()
        self.told: Counter[str] = Counter()

    def happen(self, event: str) -> None:
        if event in ("hour", "day"):
            self.now += timedelta(hours=1) if event == "hour" else timedelta(days=1)
            self.clock.move_to(self.now)
        elif event == "come":
            self.count += 1
            line(self.people[self.count % 2], self.tenant, f"Sprawa nr {self.count};")
        elif event == "settle":
            waiting = InboxItem.objects.filter(done_at=None).order_by("id").first()
            mark_done(source_ids=[waiting.source_id] if waiting else [])
        elif event == "plan":
            summaries.plan(timezone.localdate())
        else:
            self.refuses = event == "refuse"
            drain(OutgoingMessage, handlers())

    def send(self, *, source_id: Any, to: str, **words: Any) -> str:
        if self.refuses:
            raise ConnectionRefusedError
        sent = str(send_mail(source_id=source_id, to=to, **words))
        self.mails[to, timezone.localdate()] += 1
        for item in InboxItem.objects.filter(account__email=to):
            if item.title in mail.outbox[-1].body:
                self.told[item.title] += 1
                assert item.done_at is None
        return sent


@settings(max_examples=cases(15))
@example(events=["come", "plan", "refuse", "come", "come", "day", "send", "plan", "send"])
@given(events=EVENTS)
def test_each_gets_one_a_day_and_each_line_once(
    gmina: TenantRef, monkeypatch: pytest.MonkeyPatch, events: list[str]
) -> None:
    # What an earlier case left waits no longer.
    InboxItem.objects.update(is_news=False)
    OutgoingMessage.objects.all().delete()
    with time_machine.travel(START, tick=False) as clock:
        story = Story([accounts.member(gmina) for _ in range(2)], gmina, clock)
        monkeypatch.setattr(returns, "send_mail", story.send)
        for event in [*events, "day", "plan", "hour", "send"]:
            story.happen(event)
    assert set(story.mails.values()) <= {1}
    assert set(story.told.values()) <= {1}
    open_lines = InboxItem.objects.filter(account__in=story.people, done_at=None)
    assert set(open_lines.values_list("title", flat=True)) <= set(story.told)


def test_two_workers_plan_one_for_each(fresh_database: str) -> None:
    gmina = directory.find("gogolin")
    assert gmina is not None
    people = [accounts.member(gmina) for _ in range(3)]
    for who in people:
        line(who, gmina)
    meet, planned = threading.Barrier(2), list[int]()

    def work() -> None:
        meet.wait()
        planned.append(summaries.plan(START.date()))
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(planned) == len(people)
    assert Summary.objects.count() == OutgoingMessage.objects.count() == len(people)
