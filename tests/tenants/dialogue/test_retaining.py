"""Correspondence goes when the office says so, with its files, and not before (REG §6.2)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry
from kooperacja.documents import storage
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from tenants.dialogue.actions.retaining import forget_old, set_retention
from tenants.dialogue.models import Attachment, HeldAnswer, Message, Notice, Reading, Thread
from tenants.dialogue.rules import years_before
from tenants.registry.roles import Role
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import people as make_people

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


def kept(years: int | None, ahead: int = 0) -> None:
    day = DAY + timedelta(days=ahead)
    set_retention(by=make_meetings.by(), key=uuid7(), years=years, from_on=day)


def old(years: int = 6) -> Thread:
    row = make.thread(uploads=[make_people.pdf("lista.pdf")])
    Thread.objects.filter(pk=row.pk).update(last_at=timezone.now() - timedelta(days=365 * years))
    return row


@pytest.mark.parametrize(("years", "ahead"), [(None, 0), (7, 0), (5, 1)])
def test_nothing_goes_before_its_time(years: int | None, ahead: int) -> None:
    old()
    assert forget_old(by=SYSTEM) == 0
    kept(years, ahead)
    assert (forget_old(by=SYSTEM), Thread.objects.count()) == (0, 1)


def test_an_old_thread_goes_with_all_that_it_has(
    django_capture_on_commit_callbacks: object,
) -> None:
    gone, stays = old(), make.thread(subject="Nowa")
    make.held(gone)
    file = StoredFile.objects.get()
    kept(5)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert (forget_old(by=SYSTEM), forget_old(by=SYSTEM)) == (1, 0)
    assert list(Thread.objects.all()) == [stays]
    for rows in (Message, Notice, Reading):
        assert rows.objects.count() == 1
    assert not Attachment.objects.exists()
    assert not HeldAnswer.objects.exists()
    assert storage.read(file.path, pk=file.pk) == b""
    assert "lista" not in file.original_name
    entry = Entry.objects.get(verb="THREADS_FORGOTTEN")
    assert entry.data == {"threads": 1, "before": years_before(DAY, 5).isoformat()}


def test_only_the_lider_sets_it() -> None:
    officer = make_people.person(Role.NETWORK_OFFICER)
    with pytest.raises(Refused):
        set_retention(by=make_people.by(officer), key=uuid7(), years=1, from_on=DAY)
    old()
    assert forget_old(by=SYSTEM) == 0
