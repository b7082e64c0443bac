"""All that a closed team does, from a poll to a rectification, and nobody else meets a word of it.

Only that it is and of which kind stands in the inbox of those who are in it (REG §8; POR-C §3.6).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts import feeds
from kooperacja.accounts.models import Account
from kooperacja.audit.models import Entry
from kooperacja.documents.models import Document, StoredFile
from kooperacja.indicators import Indicator
from kooperacja.notifications.models import Outgoing
from kooperacja.offers import of
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.models import TenantModel
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import agenda, holding, outcomes, planning, polling
from tenants.meetings.actions import minutes as acts
from tenants.meetings.models.meetings import Meeting
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.teams.models import Seat, Team
from tests.api.conftest import Of, program_of  # noqa: F401
from tests.factories import accounts
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import polls as make_polls
from tests.tenants.meetings.conftest import Founded

WORD, KIND = "SEKRETN", "Zadaniow"


@dataclass
class Walk:
    """The closed team, who is in it, and whoever is not."""

    place: TenantRef
    team: Team
    insider: Client
    lead: Person
    others: dict[str, Client]
    accounts: list[Any]
    ids: list[str]
    files: list[str]
    figures: list[Any]


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        yield


@pytest.fixture
def walk(
    partnership: TenantRef, founded: Founded, readers: set[Person], tmp_path: Path, settings: Any
) -> Walk:
    settings.MEDIA_ROOT = tmp_path
    insider, lead = make_people.signed_in(partnership, Role.LEAD)
    outside = {
        "officer": make_people.signed_in(partnership, Role.NETWORK_OFFICER),
        "dpo": make_people.signed_in(partnership, Role.DPO),
        "ended": make_people.signed_in(partnership, Role.LEAD),
    }
    make.pzk()
    of_member = make_people.organisation()
    make_partnership.member(of_member)
    outside["partner"] = make_people.signed_in(
        partnership, Role.PARTNER_COORDINATOR, organisation=of_member
    )
    figures = _figures()
    before = [*StoredFile.objects.order_by("pk").values_list("pk", flat=True)]
    team = founded(lead, outside["ended"][1])
    ids = [str(pk) for pk in _steps(team, lead)]
    readers.discard(outside["ended"][1])
    rows = StoredFile.objects.exclude(pk__in=before)
    files = [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    return Walk(
        *(partnership, team, insider, lead),
        others={name: client for name, (client, _) in outside.items()},
        accounts=[person.account_id for _, person in outside.values()],
        ids=[str(team.pk), *ids],
        files=files,
        figures=figures,
    )


def _figures() -> list[Any]:
    return [(one.code, one.count(timezone.localdate())) for one in of(Indicator)]


def _steps(team: Team, lead: Person) -> Iterator[Any]:
    """Planned → poll → convened → paper → held → arrangement → outcome → minutes → extract."""
    by = make_people.by(lead)
    since = make_people.ESTABLISHED
    seat = Seat.objects.create(
        team=team, person=lead, rests_on_kind="test", rests_on=uuid7(), from_on=since
    )
    meeting, item = _planned(team, by)
    poll = polling.propose(
        by=by,
        meeting_id=meeting.pk,
        key=uuid7(),
        values=make_polls.proposed(40, 41, about=f"{WORD}E"),
    )
    first = poll.dates.get(pk=min(poll.dates.order_by("pk").values_list("pk", flat=True)))
    polling.agree(by=by, poll_id=poll.pk, version=0, date_id=first.pk)
    meeting.refresh_from_db()
    meeting = planning.convene(by=by, meeting_id=meeting.pk, version=meeting.version)
    paper = make.attaching.attach(
        by=by, item_id=item.pk, key=uuid7(), title=f"{WORD}A opinia", upload=_file()
    )
    meeting = _held(meeting, by)
    arrangement = make.arranging.arrange(
        by=by,
        meeting_id=meeting.pk,
        key=uuid7(),
        seat=seat.pk,
        item=item.pk,
        values={"text": f"{WORD}E zadanie", "due_on": by.today + timedelta(days=5)},
    )
    ended = outcomes.Ended(0, "DECIDED", f"{WORD}E ustalenie")
    item.refresh_from_db()
    ended = outcomes.Ended(item.version, ended.outcome, ended.text)
    outcomes.record_outcomes(by=by, meeting_id=meeting.pk, items={item.pk: ended})
    meeting.refresh_from_db()
    outcomes.close(by=by, meeting_id=meeting.pk, version=meeting.version)
    yield from (meeting.pk, item.pk, poll.pk, paper.pk, arrangement.pk, _minutes(meeting, item, by))
    coming, _ = _planned(team, by)
    yield planning.convene(by=by, meeting_id=coming.pk, version=coming.version).pk


def _file() -> Any:
    return make_people.pdf(f"{WORD}E.pdf")


def _planned(team: Team, by: Any) -> tuple[Meeting, Any]:
    meeting = planning.plan_meeting(
        by=by, team_id=team.pk, key=uuid7(), values=make.values(place=f"{WORD}A 5")
    )
    values = {"title": f"{WORD}Y temat", "text": f"{WORD}Y", "presenter": f"{WORD}A"}
    values |= {"kind": "DISCUSSION", "minutes": 20}  # type: ignore[dict-item]
    item = agenda.add_item(by=by, meeting_id=meeting.pk, key=uuid7(), values=values)
    return meeting, item


def _held(meeting: Meeting, by: Any) -> Meeting:
    Meeting.objects.filter(pk=meeting.pk).update(**make.just_ended())
    meeting = Meeting.objects.get(pk=meeting.pk)
    guests = [holding.Guest(f"{WORD}Y Gość")]
    return holding.confirm_attendance(
        by=by,
        meeting_id=meeting.pk,
        version=meeting.version,
        seats=make.all_present(meeting),
        guests=guests,
    )


def _minutes(meeting: Meeting, item: Any, by: Any) -> Any:
    """Approved, with an extract and a rectification."""
    lead = by.person_id
    key = uuid7()
    draft = acts.begin_minutes(by=by, meeting_id=meeting.pk, key=key, chair=lead, taker=lead)
    acts.edit_text(by=by, minutes_id=key, item_id=item.pk, version=0, words=f"{WORD}Y tekst")
    draft.refresh_from_db()
    asked = acts.ask_for_remarks(by=by, minutes_id=key, version=draft.version, until=by.today)
    acts.approve(by=by, minutes_id=make.over(asked).pk, version=asked.version)
    acts.make_extract(by=by, minutes_id=key, key=uuid7(), items=[1], is_nameless=True)
    right = {"reason": f"{WORD}Y błąd", "text": f"{WORD}Y tekst"}
    acts.rectify(by=by, minutes_id=key, key=uuid7(), values=right)
    return key


PAGES = (
    *("", "spotkania/", "spotkania/ustalenia/", "kalendarz/", "zespoly/", "moje-dokumenty/"),
    *("partnerstwo/dokumentacja/", "partnerstwo/dziennik/", "partnerstwo/dziennik/csv/"),
    "spotkania/prosby/",
)


# What a search is asked for; it is sent, so that no address keeps the words.
LOOKED_FOR = (WORD.lower(), "spotkanie", "ustalenie nr 1")


def _of_one(walk: Walk) -> list[str]:
    meeting, item, poll, paper, arrangement, minutes, coming = walk.ids[1:]
    at = "spotkania/"
    pages = [f"{at}{one}/{page}" for one in (meeting, coming) for page in MEETING]
    pages += [f"{at}protokoly/{minutes}/{page}" for page in ("", "wyciag/", "sprostowanie/")]
    pages += [f"{at}ankiety/{poll}/", f"{at}ustalenia/{arrangement}/", f"zespoly/{walk.team.pk}/"]
    pages += [f"{at}pliki/{paper}/usun/", f"{at}punkt/{item}/plik/"]
    return [*pages, *(f"dokumenty/pliki/{one}/" for one in walk.files)]


MEETING = ("", "materialy/", "materialy.pdf", "lista.pdf", "obecnosc/", "wyniki/")


def text_of(answer: Any) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    return str(content.decode(errors="replace"))


def test_nobody_else_meets_a_word_an_id_or_its_kind(walk: Walk) -> None:
    prefix = f"{walk.place.prefix}/"
    for name, client in walk.others.items():
        for page in PAGES:
            text = text_of(client.get(prefix + page))
            told = [one for one in (WORD, KIND, *walk.ids, *walk.files) if one in text]
            assert (name, page, told) == (name, page, [])
        for page in _of_one(walk):
            answer = client.get(prefix + page)
            assert answer.status_code in (403, 404), (name, page)
            told = [one for one in (KIND, WORD) if one in text_of(answer)]
            assert (name, page, told) == (name, page, [])
    assert walk.insider.get(f"{prefix}spotkania/{walk.ids[1]}/").status_code == 200
    for file in walk.files:
        assert walk.insider.get(f"{prefix}dokumenty/pliki/{file}/").status_code == 200


def test_nobody_else_finds_it_and_who_is_in_it_finds_no_word(walk: Walk) -> None:
    for name, client in walk.others.items():
        for words in LOOKED_FOR:
            text = looked_for(walk, client, words)
            told = [one for one in (WORD, KIND, *walk.ids, *walk.files) if one in text]
            assert (name, words, told) == (name, words, [])
    # Else it would prove nothing: the same is found by who may.
    seen = {words: looked_for(walk, walk.insider, words) for words in LOOKED_FOR}
    meeting, arrangement = walk.ids[1], walk.ids[5]
    assert f"spotkania/{meeting}/" in seen["spotkanie"]
    assert f"spotkania/ustalenia/{arrangement}/" in seen["ustalenie nr 1"]
    assert [words for words, text in seen.items() if WORD in text] == []


def looked_for(walk: Walk, client: Client, words: str) -> str:
    answer = client.post(f"{walk.place.prefix}/szukaj/", {"slowa": words})
    assert answer.status_code == 200
    return text_of(answer).partition("<main")[2]


def test_no_message_journal_or_figure_tells_of_it(walk: Walk) -> None:
    with inside(walk.place):
        messages = str([*Outgoing.objects.values_list("payload", "dedupe")])
        entries = [(one.verb, one.object_label, one.data, one.why) for one in Entry.objects.all()]
        assert "Spotkanie" in messages
        told = [one for one in (WORD, KIND, *map(str, walk.accounts)) if one in messages]
        assert told == []
        assert [one for one in (WORD, KIND) if one in str(entries)] == []
        assert _figures() == walk.figures


def test_neither_table_nor_disk_has_a_word_of_it_under_the_key_of_the_unit(
    walk: Walk, settings: Any
) -> None:
    plain = (WORD, WORD.encode().hex())
    with inside(walk.place):
        assert len(walk.files) == 1 + 2 * Document.objects.count() == 7
        closed = StoredFile.objects.filter(key_kind="TEAM", key_of=walk.team.pk)
        assert {str(one.pk) for one in closed} == set(walk.files)
        models = [one for one in apps.get_models() if issubclass(one, TenantModel)]
        with connection.cursor() as cursor:
            for model in models:
                table = model._meta.db_table
                cursor.execute(f"SELECT coalesce(string_agg(t::text, ''), '') FROM \"{table}\" t")
                held = cursor.fetchone()[0]
                assert [one for one in plain if one in held] == [], table
    for file in Path(settings.MEDIA_ROOT).rglob("*"):
        assert file.is_dir() or WORD.encode() not in file.read_bytes()


def test_calendar_feed_and_interface_give_it_to_whom_it_lets_in_without_its_kind(
    walk: Walk,
    program_of: Of,  # noqa: F811
) -> None:
    coming = walk.ids[-1]
    feed_of = {}
    for name, client in {"insider": walk.insider, **walk.others}.items():
        account = Account.objects.get(pk=client.session["_auth_user_id"])
        _, secret = feeds.issue(by=accounts.acting(account))
        feed_of[name] = text_of(Client().get(f"/konto/kalendarz/{secret}/kooperacja.ics"))
    assert [name for name, text in feed_of.items() if "Spotkanie zespołu" in text] == ["insider"]
    assert [name for name, text in feed_of.items() if WORD in text or KIND in text] == []
    calendar = text_of(walk.insider.get(f"{walk.place.prefix}/kalendarz/"))
    assert (coming in calendar, WORD in calendar) == (True, False)
    for role in (Role.NETWORK_OFFICER, Role.LEAD):
        program, base = program_of(walk.place, role), f"tenants/{walk.place.code}/"
        for path in ("meetings/", "arrangements/", "teams/"):
            text = text_of(program.get(base + path))
            assert [one for one in (WORD, KIND, *walk.ids) if one in text] == []
        for path in (f"meetings/{coming}/", f"arrangements/{walk.ids[5]}/"):
            assert program.get(base + path).status_code == 404
        done = {"done_on": str(timezone.localdate()), "version": 0}
        assert program.post(f"{base}arrangements/{walk.ids[5]}/done/", done).status_code in (
            403,
            404,
        )
