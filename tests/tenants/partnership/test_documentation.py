"""All papers in one list, to each what they may open, filed as the office files them (REG §2.11)."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from kooperacja.audit.models import Entry
from kooperacja.documents import documentation
from kooperacja.documents.models import PDF, Filing, KindSymbol, StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import KeptFile, Rule, readable
from kooperacja.offers import of
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.pagination import PAGE_SIZE
from kooperacja.ui.problems import Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.accession.models.declarations import DeclarationStep
from tenants.partnership import demo
from tenants.partnership.actions import documentation as acts
from tenants.registry.roles import Role
from tenants.teams.kinds import ZZK
from tenants.teams.models import Team
from tests.declared import MEMBERS
from tests.factories import accession as make_accession
from tests.factories import meetings as make_meetings
from tests.factories import people as make
from tests.place import Place
from tests.tenants.reading import PARTNERSHIP, text_of

LIST = PARTNERSHIP + "dokumentacja/"


def words(client: Client, query: str = "") -> str:
    return " ".join(strip_tags(text_of(client.get(LIST + query))).split())


def test_every_rule_for_reading_a_paper_can_be_asked_of_many() -> None:
    rules = [one.may_read for one in (*of(KeptFile), *of(Paper)) if one.may_read]
    assert [rule for rule in rules if not isinstance(rule, Rule)] == []


@pytest.mark.parametrize("visitor", MEMBERS)
def test_one_is_shown_what_one_may_open_and_all_of_it(place: Place, visitor: str) -> None:
    client, prefix = place.clients[visitor], place.here.prefix
    with inside(place.here):
        kept = StoredFile.objects.filter(kind__in=documentation.kinds(), content_type=PDF)
        ids = {str(pk) for pk in kept.order_by("pk").values_list("pk", flat=True)}
    shown: set[str] = set()
    for number in range(1, len(ids) // PAGE_SIZE + 2):
        page = text_of(client.get(f"{prefix}/partnerstwo/dokumentacja/?strona={number}"))
        shown |= set(re.findall(r'href="[^"]+/pliki/([0-9a-f-]{36})/"', page))
    at = f"{prefix}/dokumenty/pliki/"  # some rows of the tests have no file on the disk
    opened = {pk for pk in ids if client.get(f"{at}{pk}/").status_code != 403}
    assert shown == opened
    assert shown or visitor in "SW"


def test_a_partner_sees_no_declaration_of_another_and_the_office_does(
    in_partnership: TenantRef, keeper: Client
) -> None:
    declaration = make_accession.filed(make_meetings.lead())
    other, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=make.organisation()
    )
    assert declaration.organisation.name in words(keeper)
    assert "Podpisana deklaracja przystąpienia" in words(keeper)
    assert declaration.organisation.name not in words(other)


def test_papers_of_a_closed_team_are_on_nobodys_list(keeper: Client) -> None:
    meeting = make_meetings.past(upload=make.pdf("skan.pdf"))
    assert "Skan protokołu spotkania" in words(keeper)
    Team.objects.filter(pk=meeting.team_id).update(kind=ZZK)
    assert "Skan protokołu spotkania" not in words(keeper)


def test_the_office_writes_where_a_paper_is_filed_and_others_read_it(
    in_partnership: TenantRef, keeper: Client
) -> None:
    file = make_meetings.past(upload=make.pdf("skan.pdf")).scan
    assert file is not None
    sent = {"version": 0, "symbol": "", "case_mark": "OPS.071.4.2026", "original": "teczka nr 2"}
    assert keeper.post(f"{LIST}{file.pk}/", sent).status_code == 302
    assert keeper.post(LIST + "symbole/", {"version": 0, "MEETING_SCAN": "0712"}).status_code == 302
    partner, _ = make.signed_in(in_partnership, Role.SOCIAL_WORKER)
    for said in ("OPS.071.4.2026", "teczka nr 2", "0712"):
        assert said in words(partner)
    assert "Zmień opis" not in words(partner)
    changed = Entry.objects.get(verb="DOCUMENT_DESCRIBED").data
    assert changed["case_mark"] == ["", "OPS.071.4.2026"]


def test_who_changes_what_somebody_has_just_changed_is_shown_both(
    in_partnership: TenantRef,
) -> None:
    by, file = make_meetings.by(), make_meetings.past(upload=make.pdf("skan.pdf")).scan
    assert file is not None
    values = {"symbol": "0712", "case_mark": "", "original": ""}
    acts.describe_document(by=by, file_id=file.pk, version=0, values=values)
    with pytest.raises(AlreadySaved):
        acts.describe_document(by=by, file_id=file.pk, version=0, values=values)
    with pytest.raises(StaleForm):
        acts.describe_document(by=by, file_id=file.pk, version=0, values=values | {"symbol": "1"})
    acts.set_symbols(by=by, version=0, symbols={"MINUTES": "0711"})
    with pytest.raises(StaleForm):
        acts.set_symbols(by=by, version=0, symbols={"MINUTES": "0713"})
    assert Filing.objects.get().symbol == "0712"
    assert KindSymbol.objects.get().symbol == "0711"


def test_only_the_office_files_papers(in_partnership: TenantRef) -> None:
    file = make_meetings.past(upload=make.pdf("skan.pdf")).scan
    assert file is not None
    by = make.by(make.person(Role.SOCIAL_WORKER))
    with pytest.raises(Refused):
        acts.describe_document(by=by, file_id=file.pk, version=0, values={"symbol": "1"})
    with pytest.raises(Refused):
        acts.set_symbols(by=by, version=0, symbols={"MINUTES": "0711"})
    assert not Filing.objects.exists()
    assert not KindSymbol.objects.exists()


def test_a_paper_that_one_may_not_open_can_not_be_described(in_partnership: TenantRef) -> None:
    meeting = make_meetings.past(upload=make.pdf("skan.pdf"))
    by, file = make_meetings.by(), meeting.scan
    assert file is not None
    Team.objects.filter(pk=meeting.team_id).update(kind=ZZK)
    assert readable(make_meetings.lead(), [(file.pk, file.kind)]) == {}
    with pytest.raises(Refused):
        acts.describe_document(by=by, file_id=file.pk, version=0, values={"symbol": "1"})
    assert not Filing.objects.exists()


def test_the_demo_files_its_papers_once(in_partnership: TenantRef) -> None:
    make_meetings.past(upload=make.pdf("skan.pdf"))
    for _ in range(2):
        demo.write("Gogolin", timezone.localdate())
    assert Filing.objects.get().case_mark.startswith("OPS.0712.1.")
    assert documentation.symbols().by_kind["MINUTES"] == "0712"


def test_a_file_of_two_institutions_is_called_as_its_reader_may_know_it(
    in_partnership: TenantRef,
) -> None:
    own, other = (make_accession.filed(make_meetings.lead()) for _ in range(2))
    DeclarationStep.objects.create(
        declaration=other,
        state=other.state,
        happened_on=timezone.localdate(),
        actor_name="test",
        file=own.steps.exclude(file=None).get().file,
    )
    for first, second in ((own, other), (other, own)):
        client, _ = make.signed_in(
            in_partnership, Role.PARTNER_COORDINATOR, organisation=first.organisation
        )
        assert first.organisation.name in words(client)
        assert second.organisation.name not in words(client)
