"""Two official notes signed at the same moment, each by its author, over a real server."""

from kooperacja.documents.models import Document
from kooperacja.tenancy.context import inside
from tenants.dialogue.models import Note
from tenants.registry.roles import Role
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.faults.conftest import HOME, Office, at_once


def test_two_notes_signed_at_once_have_two_numbers_in_a_row(office: Office) -> None:
    (one, first), (other, second) = office.person(Role.LEAD), office.person(Role.LEAD)
    with inside(office.tenant):
        make_meetings.pzk()
        drafts = [make.note(person=author) for author in (first, second)]
    urls = [f"{HOME}miedzy-spotkaniami/notatki/{row.pk}/podpisz/" for row in drafts]

    answers = at_once(
        lambda: one.post(urls[0], {"version": "0"}),
        lambda: other.post(urls[1], {"version": "0"}),
    )

    assert [answer.status for answer in answers] == [302, 302]
    with inside(office.tenant):
        signed = Note.objects.filter(pk__in=[row.pk for row in drafts])
        assert sorted(signed.values_list("number", flat=True)) == [1, 2]
        assert Document.objects.filter(kind="OFFICIAL_NOTE").count() == 2
    assert office.unknown_files() == []
