"""A poll closed while somebody answers: whichever comes first, nothing is taken after it is over."""

import threading

from django.db import connections

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.meetings.actions import polling
from tenants.meetings.models.polls import DatePoll, PollRespondent
from tenants.registry import directory
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import polls as make_polls

ROUNDS = 3


def _at_once(gmina: TenantRef, poll: DatePoll, row: PollRespondent) -> list[str]:
    """Answer and close at the same moment; how each ended, in the order of ending."""
    meet, ended = threading.Barrier(2), list[str]()
    by, pk = make.by(), poll.dates.all()[0].pk

    def come(name: str) -> None:
        with inside(gmina):
            meet.wait()
            try:
                if name == "answer":
                    make_polls.dates_answered(row, "YES")
                else:
                    polling.agree(by=by, poll_id=poll.pk, version=0, date_id=pk)
                ended.append(name)
            except Problem:
                ended.append("refused")
        connections.close_all()

    threads = [threading.Thread(target=come, args=[name]) for name in ("answer", "close")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def test_an_answer_counts_or_is_refused_whole(fresh_database: str) -> None:
    gmina = directory.find("gogolin")
    assert gmina is not None
    with inside(gmina):
        make_partnership.found(gmina)
        person = make.let_in(make_partnership.member(make_people.organisation()))
    for number in range(ROUNDS):
        with inside(gmina):
            poll = make_polls.poll(None, 40 + 2 * number, 41 + 2 * number)
            row = make_polls.asked_by(poll, person)
        with inside(gmina):
            ended = _at_once(gmina, poll, row)
            assert DatePoll.objects.get(pk=poll.pk).state == "AGREED"
            row.refresh_from_db()
            is_taken = "answer" in ended
            assert row.answers.count() == (2 if is_taken else 0)
            assert bool(row.answered_at) == is_taken
            assert "close" in ended and len(ended) == 2
