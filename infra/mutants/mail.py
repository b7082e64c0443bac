"""Planted faults in mail: invitations that go out, and answers that come in."""

from infra.mutants import Mutant

_INCOMING = "platform/kooperacja/incoming"
_TESTS = "tests/kooperacja/incoming"
_ICAL = "tests/kooperacja/test_ical.py"

MAIL = (
    Mutant(
        name="an answer's token needs no seal",
        file=f"{_INCOMING}/address.py",
        before="if not hmac.compare_digest(token, _sealed(kind, named)):",
        after="if False:",
        tests=(f"{_TESTS}/test_address.py",),
        why="anybody could write to any row of any unit",
    ),
    Mutant(
        name="an answer's seal forgets the kind",
        file=f"{_INCOMING}/address.py",
        before='value = kind.encode() + b"." + named',
        after="value = named",
        tests=(f"{_TESTS}/test_address.py",),
        why="an address for one handler would be good for another",
    ),
    Mutant(
        name="an answer is handed over each time it comes",
        file=f"{_INCOMING}/receiving.py",
        before="        return Outcome.REPEATED\n",
        after="        pass\n",
        tests=(f"{_TESTS}/test_receiving.py",),
        why="servers bring a message again, and the pipe and the mailbox bring the same",
    ),
    Mutant(
        name="an answer of a program is taken",
        file=f"{_INCOMING}/reading.py",
        before='submitted != "no"\n',
        after="False\n",
        tests=(f"{_TESTS}/test_reading.py",),
        why="who is away would answer an invitation by a machine, and a loop could begin",
    ),
    Mutant(
        name="a relay that does not know us ends every mail",
        file="platform/kooperacja/returns.py",
        before="if is_old or (is_of_address and not is_ours):",
        after="if True:",
        tests=("tests/kooperacja/notifications/test_refused.py",),
        why="an hour of a wrong setting would lose the mails of that hour",
    ),
    Mutant(
        name="a report of a stranger counts for any mail",
        file=f"{_INCOMING}/receiving.py",
        before="if one and one.kind == RETURNS]",
        after="if one]",
        tests=(f"{_TESTS}/test_returns.py",),
        why="an address for answers would do to say that a mail did not arrive",
    ),
    Mutant(
        name="an answer is marked though it was not taken",
        file=f"{_INCOMING}/mailbox.py",
        before="if outcome == Outcome.LATER:",
        after="if False:",
        tests=(f"{_TESTS}/test_mailbox.py",),
        why="it would be lost",
    ),
    Mutant(
        name="a mailbox's password goes out in plain",
        file=f"{_INCOMING}/mailbox.py",
        before='if url.scheme == "imap" and url.hostname not in _LOOPBACK:',
        after="if False:",
        tests=(f"{_TESTS}/test_mailbox.py",),
        why="whoever listens on the way would read it",
    ),
    Mutant(
        name="a calendar knows no second hour in autumn",
        file="platform/kooperacja/ical.py",
        before="return local.astimezone(UTC) if local.fold else local",
        after="return local",
        tests=(_ICAL,),
        why="a meeting in that hour would be an hour early in every calendar",
    ),
    Mutant(
        name="a calendar turns its clock late in spring",
        file="platform/kooperacja/ical.py",
        before="datetime(1996, 3, 31, 2)",
        after="datetime(1996, 3, 31, 3)",
        tests=(_ICAL,),
        why="as the library would write it",
    ),
)
