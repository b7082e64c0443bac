"""A matter goes to every member of a team, each once, and the log says how it reached them."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.notifications.returned import came_back
from kooperacja.outbox.drain import drain, handlers
from kooperacja.returns import Return
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.actions import risks, telling
from tenants.dialogue.everyone import LETTERS, NO_ADDRESS, delivered, notices_of, reached
from tenants.dialogue.links import OPENS_DAYS, RISK_LINKS
from tenants.dialogue.members import members_of
from tenants.dialogue.models import Notice, Risk
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Person
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import text_of

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded, with a Lider."""
    make_meetings.lead()


@pytest.fixture
def member() -> Membership:
    return make_partnership.member(make_people.organisation(name="Szkoła"))


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """More members than a request writes to by itself."""
    make.letters_at_once(monkeypatch, 2)
    for _ in range(5):
        make_partnership.member(make_people.organisation())


def mails(row: Risk) -> Any:
    return Outgoing.objects.filter(kind="MAIL", dedupe__startswith=f"risk:{row.pk}:")


def letters() -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(kind=LETTERS).order_by("id")
    return [row.payload for row in rows]


def ways(row: Risk) -> list[str]:
    notices = notices_of(row.pk)
    return [way for _, way in reached(notices, delivered(notices))]


def test_members_are_the_seats_of_today_each_with_its_way(member: Membership) -> None:
    vacant = make_partnership.member(make_people.organisation(email="biuro@example.pl"))
    vacant.coordinators.update(ended_on=DAY)
    follow()
    coordinator = member.coordinators.get().person
    found = {one.seat.who: one.to and one.to.email for one in members_of(make_meetings.pzk(), DAY)}
    assert found == {
        "miejsce nieobsadzone": "biuro@example.pl",
        coordinator.full_name: coordinator.email,
        "Lidia Liderska": Person.objects.get(full_name="Lidia Liderska").email,
    }


def test_who_sits_twice_gets_it_once_and_stands_twice_in_the_log(member: Membership) -> None:
    person = member.coordinators.get().person
    other = make_partnership.member(make_people.organisation())
    other.coordinators.update(person=person)
    follow()
    row = make.risk()
    assert Notice.objects.filter(about=row.pk, seat__person=person).count() == 2
    assert mails(row).filter(payload__email=person.email).count() == 1
    assert ways(row) == ["e-mail czeka na wysłanie"] * 3


def test_many_letters_are_written_by_a_worker_and_twice_changes_nothing(many: None) -> None:
    row = make.risk()
    assert (mails(row).count(), len(letters())) == (0, 3)
    assert ways(row) == ["e-mail czeka na wysłanie"] * 6
    for payload in letters():
        assert Risk.objects.get().queued_at is None
        for _ in range(2):
            telling.write_letters(**payload)
    assert mails(row).count() == 6
    assert Risk.objects.get().queued_at >= row.reported_at
    assert not Notice.objects.filter(queued_at=None).exists()


def test_the_first_sweep_puts_all_of_them_among_the_mails_and_comes_within_a_minute(
    many: None,
) -> None:
    row = make.risk()
    assert settings.CELERY_BEAT_SCHEDULE["outbox"]["schedule"] <= 30
    drain(Outgoing, handlers())
    assert not Notice.objects.filter(about=row.pk, queued_at=None).exists()
    row.refresh_from_db()
    assert row.queued_at - row.reported_at < timedelta(seconds=30)


def test_who_lost_the_seat_before_the_letter_was_written_gets_none(many: None) -> None:
    row = make.risk()
    gone = Membership.objects.order_by("pk").first()
    assert gone is not None
    gone.coordinators.update(ended_on=DAY)
    Membership.objects.filter(pk=gone.pk).update(ended_on=DAY)
    follow()
    for payload in letters():
        telling.write_letters(**payload)
    assert mails(row).count() == 5
    assert Risk.objects.get().queued_at is not None
    assert ways(row).count(NO_ADDRESS) == 1


def test_letters_of_a_report_withdrawn_meanwhile_are_not_written(many: None) -> None:
    row = make.risk()
    risks.withdraw(by=make_meetings.by(), risk_id=row.pk, version=0, reason="Pomyłka")
    for payload in letters():
        telling.write_letters(**payload)
    assert mails(row).count() == 0


def test_who_joins_while_it_is_on_its_way_gets_it_and_the_log_says_so(member: Membership) -> None:
    row = make.risk()
    joined = make_partnership.member(make_people.organisation())
    late = Notice.objects.get(about=row.pk, is_late=True)
    assert late.seat.organisation == joined.organisation
    assert mails(row).filter(pk=late.mail).exists()
    assert not Notice.objects.filter(about=row.pk, is_late=False, seat=late.seat).exists()


def test_the_log_on_the_page_says_who_took_a_seat_meanwhile(
    keeper: Client, in_partnership: TenantRef, member: Membership
) -> None:
    row, thread = make.risk(), make.thread()
    make_partnership.member(make_people.organisation(name="Poradnia"))
    for at, late in ((row.url, "po zgłoszeniu"), (thread.url, "po wysłaniu")):
        lines = text_of(keeper.get(at)).split("<li>")
        told = [one for one in lines if f"(miejsce w zespole dopiero {late})" in one]
        assert ["Poradnia" in one for one in told] == [True]
        assert any("Szkoła" in one and "e-mail czeka na wysłanie" in one for one in lines)


def test_of_a_report_withdrawn_while_its_mails_wait_nobody_new_hears(member: Membership) -> None:
    row = make.risk()
    risks.withdraw(by=make_meetings.by(), risk_id=row.pk, version=0, reason="Pomyłka")
    joined = make_partnership.member(make_people.organisation()).coordinators.get().person
    assert not Notice.objects.filter(about=row.pk, seat__person=joined).exists()
    waiting = Outgoing.objects.filter(kind="MAIL", done_at=None, payload__code__startswith="RISK_")
    told: dict[str, list[str]] = {}
    for payload in waiting.order_by("id").values_list("payload", flat=True):
        told.setdefault(payload["email"], []).append(payload["code"])
    # Whoever was to hear of it hears next that it is withdrawn.
    assert [*told.values()] == [["RISK_REPORTED_BY_LINK", "RISK_WITHDRAWN_BY_LINK"]] * 2
    assert joined.email not in told


def test_who_joins_after_it_reached_all_reads_it_on_the_list(member: Membership) -> None:
    row = make.risk()
    Outgoing.objects.update(done_at=timezone.now())
    make_partnership.member(make_people.organisation())
    assert not Notice.objects.filter(about=row.pk, is_late=True).exists()


def test_the_log_tells_what_the_server_took_also_when_the_outbox_forgot_it(
    member: Membership,
) -> None:
    row = make.risk()
    first, second = Notice.objects.filter(about=row.pk).order_by("pk")
    refused = Outgoing.objects.filter(pk=second.mail)
    refused.update(attempts=2)
    Delivery.objects.create(
        outbox_id=first.mail, email="x@example.pl", code="RISK_REPORTED", message_id="<1>"
    )
    Outgoing.objects.filter(pk=first.mail).delete()
    said = ways(row)
    assert said[0].startswith("e-mail wysłany ")
    assert said[1] == "e-mail nie dochodzi, ponawiamy"


def test_of_forty_the_log_names_the_one_whose_mail_came_back(
    member: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.letters_at_once(monkeypatch, 40)
    for _ in range(38):
        make_partnership.member(make_people.organisation())
    row = make.risk()
    while drain(Outgoing, handlers()):
        pass
    notices = notices_of(row.pk)
    gone = notices[17].mail
    assert gone
    assert came_back(gone, Return(True, "5.1.1", "550 5.1.1 unknown"))
    said = ways(row)
    assert len(said) == 40
    assert said[17].startswith("e-mail odbity ")
    assert said.pop(17).endswith(": nie ma takiej skrzynki")
    assert {way[:14] for way in said} == {"e-mail wysłany"}


def test_the_link_of_the_mail_opens_one_report_while_the_seat_is_taken(
    in_partnership: TenantRef, member: Membership
) -> None:
    def open_link(notice: Notice) -> int:
        token = RISK_LINKS.token(notice.pk)
        at = f"{in_partnership.prefix}/miedzy-spotkaniami/ryzyko/{token}/"
        return Client().get(at).status_code

    row = make.risk()
    notice = Notice.objects.get(about=row.pk, seat__organisation=member.organisation)
    assert open_link(notice) == 200
    old = timezone.now() - OPENS_DAYS - timedelta(minutes=1)
    for changed in ({"queued_at": old}, {"queued_at": timezone.now(), "has_account": True}):
        Notice.objects.filter(pk=notice.pk).update(**changed)
        assert open_link(notice) == 404
    Notice.objects.filter(pk=notice.pk).update(has_account=False)
    assert open_link(notice) == 200
    member.coordinators.update(ended_on=DAY)
    follow()
    assert open_link(notice) == 404
