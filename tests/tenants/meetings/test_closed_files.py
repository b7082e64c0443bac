"""Files of a closed team lie under its key and are opened to whom its app lets in (REG §8)."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.html import strip_tags
from uuid6 import uuid7

from kooperacja.crypto import keys
from kooperacja.crypto.envelope import CryptoError, KeyMissing
from kooperacja.documents import documentation, storage
from kooperacja.documents.models import Document, PreparedFile, StoredFile
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import attaching, packing, past
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.models.papers import ItemPaper
from tenants.partnership.actions import documentation as filing
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import meetings as make
from tests.factories import people as make_people
from tests.tenants.meetings.conftest import Founded

NAME = "Rodzina Zmyślona.pdf"


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def lead() -> Person:
    return make.lead()


def entered(team: Any, lead: Person, upload: Any = None) -> Meeting:
    """A meeting of the past, with a scan."""
    day = make_people.BY.today.replace(day=1)
    return past.enter_meeting(
        by=make_people.by(lead),
        team_id=team.pk,
        key=uuid7(),
        values=make.values(day.replace(year=day.year - 1)),
        reason="Sprzed platformy",
        upload=upload or make_people.pdf(NAME),
    )


def attached(meeting: Meeting, lead: Person) -> ItemPaper:
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Sprawa", kind="DISCUSSION")
    return attaching.attach(
        by=make_people.by(lead),
        item_id=item.pk,
        key=uuid7(),
        title="Opinia",
        upload=make_people.pdf(NAME),
    )


def lies_closed(file: StoredFile) -> bool:
    """The bytes on the disk don't open with the key of the unit."""
    sealed = storage.as_it_lies(file.path)
    with pytest.raises(CryptoError):
        keys.open_for(current_tenant().id, sealed, aad=storage._place(file.pk))
    return storage.content_of(file).startswith(b"%PDF")


def test_a_scan_and_a_paper_lie_under_its_key_with_their_names(
    founded: Founded, lead: Person
) -> None:
    team = founded(lead)
    meeting = entered(team, lead)
    paper = attached(meeting, lead)
    for file in (meeting.scan, paper.file):
        assert file is not None
        row = StoredFile.objects.get(pk=file.pk)
        assert (row.key_kind, row.key_of) == ("TEAM", team.pk)
        assert lies_closed(row)
        assert (row.original_name, row.name) == ("plik.pdf", NAME)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(f::text, '') FROM documents_storedfile f")
        held = cursor.fetchone()[0]
    assert "Zmy" not in held
    assert NAME.encode().hex() not in held
    # Nor does a digest tell that a file which somebody has is here.
    assert len({meeting.scan.sha256, paper.file.sha256}) == 2  # type: ignore[union-attr]


def test_the_door_opens_to_whom_its_app_lets_in_and_to_others_there_is_no_such_file(
    founded: Founded, partnership: TenantRef, readers: set[Person]
) -> None:
    browser, lead = make_people.signed_in(partnership, Role.LEAD)
    officer, _ = make_people.signed_in(partnership, Role.NETWORK_OFFICER)
    file = entered(founded(lead), lead).scan
    assert file is not None
    at, nowhere = (f"{partnership.prefix}/dokumenty/pliki/{pk}/" for pk in (file.pk, uuid7()))
    opened = browser.get(at)
    assert opened.status_code == 200
    assert "Zmy%C5%9Blona" in opened.headers["content-disposition"]
    assert same(officer, at, nowhere)
    readers.clear()
    assert same(browser, at, nowhere)


def same(client: Client, at: str, nowhere: str) -> bool:
    """Neither is there, by the very same words."""
    answers = [client.get(one) for one in (at, nowhere)]
    assert [one.status_code for one in answers] == [404, 404]
    first, other = (strip_tags(one.content.decode()).split() for one in answers)
    return first == other


def test_without_its_key_a_file_stays_shut(
    founded: Founded, partnership: TenantRef, keyring: dict[int, bytes]
) -> None:
    browser, lead = make_people.signed_in(partnership, Role.LEAD)
    file = entered(founded(lead), lead).scan
    assert file is not None
    keyring.clear()
    with pytest.raises(KeyMissing):
        storage.content_of(file)
    answer = browser.get(f"{partnership.prefix}/dokumenty/pliki/{file.pk}/")
    assert answer.status_code == 503
    assert "nie ma do nich klucza" in answer.content.decode()
    with inside(partnership), pytest.raises(KeyMissing):
        StoredFile.objects.get(pk=file.pk).name  # noqa: B018
    keyring[1] = b"x" * 32
    with pytest.raises(CryptoError):
        storage.content_of(file)


def test_nothing_is_kept_where_there_is_no_key(
    founded: Founded, lead: Person, keyring: dict[int, bytes], tmp_path: Path
) -> None:
    team = founded(lead)
    keyring.clear()
    with pytest.raises(KeyMissing):
        entered(team, lead)
    assert not StoredFile.objects.exists()
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def test_a_file_half_closed_is_refused_by_the_database(founded: Founded, lead: Person) -> None:
    file = entered(founded(lead), lead).scan
    assert file is not None
    half = {"kind": "X", "content_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    with pytest.raises(IntegrityError, match="closed_file_names_its_key"), transaction.atomic():
        StoredFile.objects.create(**half, path=f"2026/{uuid7()}", key_kind="TEAM")
    assert StoredFile.objects.count() == 1


def frozen(founded: Founded, lead: Person) -> Minutes:
    """Approved minutes of a closed team, with an extract."""
    meeting = entered(founded(lead), lead)
    AgendaItem.objects.create(
        meeting=meeting, position=1, title="Sprawa rodziny", kind="DISCUSSION", outcome="NOTED"
    )
    Meeting.objects.filter(pk=meeting.pk).update(state="CLOSED")
    day = meeting.day
    minutes = Minutes.objects.create(
        meeting=meeting, state="REVIEW", chair="A B", taker="C D", remarks_until=day
    )
    by = make_people.by(lead)
    minutes = make.acts.approve(by=by, minutes_id=minutes.pk, version=0)
    make.acts.make_extract(by=by, minutes_id=minutes.pk, key=uuid7(), items=[1], is_nameless=True)
    return minutes


def test_its_minutes_and_extracts_are_issued_under_its_key(
    founded: Founded, partnership: TenantRef
) -> None:
    browser, lead = make_people.signed_in(partnership, Role.LEAD)
    officer, _ = make_people.signed_in(partnership, Role.NETWORK_OFFICER)
    minutes = frozen(founded, lead)
    assert [one.kind for one in Document.objects.order_by("kind")] == ["MINUTES", "MINUTES_EXTRACT"]
    for document in Document.objects.select_related("pdf", "docx"):
        assert document.context["items"][0]["title"] == "Sprawa rodziny"
        with connection.cursor() as cursor:
            query = "SELECT context FROM documents_document WHERE id = %s"
            cursor.execute(query, [document.pk])
            sealed = bytes(cursor.fetchone()[0])
        field: Any = Document._meta.get_field("context")
        with pytest.raises(CryptoError):
            keys.open_for(current_tenant().id, sealed, aad=field.place(document))
        assert lies_closed(document.pdf)
        for file in (document.pdf, document.docx):
            at = f"{partnership.prefix}/dokumenty/pliki/{file.pk}/"  # type: ignore[union-attr]
            assert [one.get(at).status_code for one in (browser, officer)] == [200, 404]
    page = f"{partnership.prefix}/spotkania/protokoly/{minutes.pk}/"
    assert [one.get(page).status_code for one in (browser, officer)] == [200, 404]


def test_the_documentation_has_none_of_them_even_for_its_reader(
    founded: Founded, lead: Person
) -> None:
    frozen(founded, lead)
    file = Document.objects.get(kind="MINUTES").pdf
    assert documentation.readable_papers(lead) == []
    with pytest.raises(StoredFile.DoesNotExist):
        filing.describe_document(
            by=make_people.by(lead), file_id=file.pk, version=0, values={"case_mark": "X"}
        )


def test_its_pack_encloses_them_and_waits_in_no_line(
    founded: Founded, lead: Person, monkeypatch: Any
) -> None:
    meeting = entered(founded(lead), lead)
    attached(meeting, lead)
    monkeypatch.setattr(packing, "is_long", lambda *given: True)
    content = packing.take_pack(
        by=make_people.by(lead), meeting_id=meeting.pk, content_type="application/pdf"
    )
    assert content.startswith(b"%PDF")
    assert not PreparedFile.objects.exists()
