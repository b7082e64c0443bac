"""Two who end the same thing between meetings at the same moment, each over a real server.

Both have read it before either has changed it: the row of the team is held until both wait for it.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from kooperacja.documents.models import Document, StoredFile
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from tenants.dialogue.models import ActionPlan, Dispute, HeldAnswer, Message, Note, Notice
from tenants.dialogue.papers.plan import ACTION_PLAN, PLAN_SCAN
from tenants.meetings.models.arrangements import Arrangement
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.teams.models import Team
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import plan as make_plan
from tests.faults.browser import Answer, Browser
from tests.faults.conftest import HOME, Office
from tests.faults.site import waiting
from tests.waiting import until

SENT = "wysłana do wszystkich"
AT = f"{HOME}miedzy-spotkaniami/"


def met(office: Office, *works: Callable[[], Answer]) -> list[Answer]:
    """The answers to requests of which each had begun before any could change its team."""
    with ThreadPoolExecutor(len(works)) as pool:
        with inside(office.tenant), transaction.atomic():
            Team.objects.select_for_update().get(pk=make_meetings.pzk().pk)
            answers = [pool.submit(work) for work in works]
            until(lambda: waiting("gunicorn") == len(works), "requests that wait for the team")
        return [answer.result() for answer in answers]


def one_did(answers: list[Answer], *states: str) -> None:
    """One did it, and the other reads how it stands now."""
    done, told = sorted(answers, key=lambda answer: answer.status)
    assert (done.status, told.status) == (302, 409)
    assert any(f"<p>Stan: {state}.</p>" in told.text for state in states)


def test_a_note_signed_twice_at_once_goes_out_once(office: Office) -> None:
    browser, author = office.person(Role.LEAD)
    with inside(office.tenant):
        team = make_meetings.pzk()
        seat = team.seats.on(localdate()).exclude(person=None).order_by("pk").first()
        row = make.note(person=author)
        row.tasks.create(position=1, text="Zadzwonić", seat=seat, due_on=row.held_on)
    at = f"{AT}notatki/{row.pk}/podpisz/"

    one_did(met(office, *[lambda: browser.post(at, {"version": "0"})] * 2), "podpisana")

    with inside(office.tenant):
        signed = Note.objects.get(pk=row.pk)
        assert (signed.state, signed.version) == ("SIGNED", 1)
        assert Document.objects.filter(kind="OFFICIAL_NOTE", subject=row.pk).count() == 1
        assert Arrangement.objects.filter(source=row.pk).count() == 1
        told = Notice.objects.filter(about=row.pk)
        assert told.count() == told.values("seat").distinct().count() > 0
    assert office.unknown_files() == []


def test_a_plan_adopted_twice_at_once_is_adopted_once(office: Office) -> None:
    (one, _), (other, _) = office.person(Role.LEAD), office.person(Role.LEAD)
    with inside(office.tenant):
        plan = make_plan.draft()
        day = plan.from_on.isoformat()
    at = f"{AT}plany/{plan.pk}/przyjety/"

    def enter(browser: Browser) -> Answer:
        sent = {"version": str(plan.version), "adopted_on": day, "meeting": ""}
        return browser.post(at, {**sent, "file": make_people.pdf()})

    one_did(met(office, lambda: enter(one), lambda: enter(other)), "przyjęty")

    with inside(office.tenant):
        adopted = ActionPlan.objects.get(pk=plan.pk)
        assert (adopted.state, adopted.number) == ("ADOPTED", 1)
        assert Document.objects.filter(kind=ACTION_PLAN.kind, subject=plan.pk).count() == 1
        assert StoredFile.objects.filter(kind=PLAN_SCAN).count() == 1
    assert office.unknown_files() == []


def held(office: Office) -> HeldAnswer:
    with inside(office.tenant):
        make.seated("Szkoła Zmyślona", "szkola-zmyslona@a.example")
        return make.held(make.thread())


def test_a_held_answer_released_twice_at_once_goes_out_once(office: Office, settings: Any) -> None:
    settings.INCOMING_MAIL_ADDRESS = "odpowiedzi@poczta.example.pl"
    (one, _), (other, _) = office.person(Role.LEAD), office.person(Role.LEAD)
    row = held(office)
    at, sent = f"{AT}korespondencja/czeka/{row.pk}/", {"version": "0", "decision": "Znam ten adres"}

    answers = met(
        office, lambda: one.post(f"{at}wyslij/", sent), lambda: other.post(f"{at}wyslij/", sent)
    )

    one_did(answers, SENT)
    with inside(office.tenant):
        message = Message.objects.get(thread=row.thread_id, position=2)
        assert Message.objects.filter(thread=row.thread_id).count() == 2
        told = Notice.objects.filter(about=message.pk)
        assert told.count() == told.values("seat").distinct().count() > 0


def test_of_releasing_and_discarding_at_once_one_happens(office: Office, settings: Any) -> None:
    settings.INCOMING_MAIL_ADDRESS = "odpowiedzi@poczta.example.pl"
    (one, _), (other, _) = office.person(Role.LEAD), office.person(Role.LEAD)
    row = held(office)
    at, sent = f"{AT}korespondencja/czeka/{row.pk}/", {"version": "0", "decision": "Znam ten adres"}

    answers = met(
        office, lambda: one.post(f"{at}wyslij/", sent), lambda: other.post(f"{at}odrzuc/", sent)
    )

    one_did(answers, SENT, "odrzucona")
    with inside(office.tenant):
        state = HeldAnswer.objects.get(pk=row.pk).state
        count = Message.objects.filter(thread=row.thread_id).count()
        assert (state, count) in (("SENT", 2), ("DISCARDED", 1))


def in_dispute(office: Office) -> tuple[Browser, Browser, Dispute]:
    """The Lider who mediates, the party that reported, and their dispute."""
    lead, _ = office.person(Role.LEAD)
    with inside(office.tenant):
        ours, theirs = (
            make_partnership.member(make_people.organisation()).organisation for _ in range(2)
        )
    party, head = office.person(Role.PARTNER_HEAD, organisation=ours)
    with inside(office.tenant):
        dispute = make.mediated(make.dispute(ours, theirs, Person.objects.get(pk=head.pk)))
    return lead, party, dispute


def test_a_dispute_ended_by_its_mediator_and_its_party_at_once_ends_once(office: Office) -> None:
    lead, party, dispute = in_dispute(office)
    at = f"{AT}spory/{dispute.pk}/"
    version = {"version": str(dispute.version)}

    answers = met(
        office,
        lambda: lead.post(f"{at}zakoncz/", {**version, "to": "UNSETTLED", "result": "Bez ugody."}),
        lambda: party.post(f"{at}wycofaj/", {**version, "result": "Dogadaliśmy się."}),
    )

    one_did(answers, "zakończony bez ugody", "wycofany")
    with inside(office.tenant):
        ended = Dispute.objects.get(pk=dispute.pk)
        said = {"UNSETTLED": "Bez ugody.", "WITHDRAWN": "Dogadaliśmy się."}
        assert ended.result == said[ended.state]
        assert ended.version == dispute.version + 1
        about = {"dedupe__startswith": f"dispute:{dispute.pk}:state:"}
        kinds = {row.dedupe.split(":")[3] for row in Outgoing.objects.filter(**about)}
        assert kinds == {ended.state}
