"""Gaps of the basket: searches that found nothing, help that is sought, planned, found (REG §5.1.h)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.accession.models.recruitment import Recruitment
from tenants.baskets.actions import gaps
from tenants.baskets.indicators import gaps_by_end
from tenants.baskets.models.gaps import Gap, GapRecruitment, UnfoundSearch
from tenants.baskets.unfound import kept_words
from tenants.baskets.workflow import GAP, GapState
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.terms import Group
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

BASKET = "/gmina/gogolin/koszyk/"


def marked(by: Actor, group: str = Group.SENIORS, planned_on: date | None = None) -> Gap:
    return gaps.mark(
        by=by, key=uuid7(), type_code="klub-seniora", group=group, planned_on=planned_on
    )


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("phrase", "kept"),
    [
        ("hipopotamy dla babci", "babcia hipopotam"),
        ("Zajęcia 500 plus ul. Polna 7a", "zajęcia"),
        ("jan.zmyslony@zmyslony.example 600123456", ""),
        ("opieka nad Janem Wiśniewskim", "opieka"),
        ("qwzx hjkl", ""),
        ("i w na", ""),
    ],
)
def test_of_a_search_common_words_alone_are_kept(phrase: str, kept: str) -> None:
    assert kept_words(phrase) == kept


def test_a_search_that_found_nothing_is_counted_by_its_words(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    make.accepted(office, kooperant)
    worker = make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)[0]
    for phrase in ("hipopotam", "hipopotamy 123", "poradnia", "hipopotam&dla=SENIORS"):
        worker.get(f"{BASKET}?szukaj={phrase}")
    with inside(in_partnership):
        rows = list(UnfoundSearch.objects.values_list("words", "count", "month"))
    assert rows == [("hipopotam", 3, office.today.replace(day=1))]


def test_a_filter_that_leaves_nothing_is_no_search_in_vain(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    make.accepted(office, kooperant)
    worker = make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)[0]
    worker.get(f"{BASKET}?szukaj=poradnia&dla=SENIORS")
    with inside(in_partnership):
        assert not UnfoundSearch.objects.exists()


def test_a_gap_closes_by_itself_when_such_a_service_is_accepted(
    office: Actor, kooperant: Organisation
) -> None:
    seniors, youth = marked(office), marked(office, Group.YOUTH)
    make.filed(office, kooperant, type_code="klub-seniora", groups=[Group.SENIORS])
    assert set(Gap.objects.values_list("state", flat=True)) == {GapState.SOUGHT}
    make.accepted(office, kooperant, type_code="klub-seniora", groups=[Group.SENIORS])
    seniors.refresh_from_db()
    youth.refresh_from_db()
    assert (seniors.state, seniors.closed_on) == (GapState.FILLED, office.today)
    assert (youth.state, youth.closed_on) == (GapState.SOUGHT, None)
    assert gaps_by_end(office.today) == {"OPEN": 1, "FILLED": 1, "DROPPED": 0}
    make.accepted(office, kooperant, type_code="klub-seniora", groups=[Group.ALL])
    youth.refresh_from_db()
    assert youth.state == GapState.FILLED


def test_what_is_given_or_marked_is_marked_no_more(office: Actor, kooperant: Organisation) -> None:
    marked(office)
    with pytest.raises(ValidationError, match="już oznaczony"):
        marked(office)
    make.accepted(office, kooperant, type_code="klub-seniora", groups=[Group.CARERS])
    with pytest.raises(ValidationError, match="jest już taka pomoc"):
        marked(office, Group.CARERS)
    assert Gap.objects.count() == 1


def test_a_gap_is_planned_and_dropped(office: Actor) -> None:
    gap = marked(office)
    day = office.today + timedelta(days=90)
    planned = gaps.plan(by=office, gap_id=gap.pk, version=gap.version, planned_on=day)
    assert planned.state_said.startswith("planowana od ")
    with pytest.raises(StaleForm):
        gaps.plan(by=office, gap_id=gap.pk, version=gap.version, planned_on=day)
    gaps.drop(by=office, gap_id=gap.pk)
    with pytest.raises(AlreadySaved):
        gaps.drop(by=office, gap_id=gap.pk)
    with pytest.raises(Problem):
        gaps.plan(by=office, gap_id=gap.pk, version=2, planned_on=day)
    marked(office)
    assert GAP.open == {GapState.SOUGHT, GapState.PLANNED}
    assert gaps_by_end(office.today) == {"OPEN": 1, "FILLED": 0, "DROPPED": 1}
    assert gaps_by_end(office.today - timedelta(days=1)) == {"OPEN": 0, "FILLED": 0, "DROPPED": 0}


def test_a_kooperant_marks_nothing(office: Actor, coordinator: Actor) -> None:
    with pytest.raises(PermissionDenied):
        marked(coordinator)
    assert not Gap.objects.exists()


def test_a_closed_gap_has_its_day(office: Actor) -> None:
    gap = marked(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gap.objects.filter(pk=gap.pk).update(closed_on=office.today)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gap.objects.filter(pk=gap.pk).update(state=GapState.PLANNED)


def test_the_office_marks_a_gap_and_all_read_it(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    officer: Client = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    worker: Client = make_people.signed_in(
        in_partnership, Role.PARTNER_WORKER, organisation=kooperant
    )[0]
    values = {"key": str(uuid7()), "type_code": "klub-seniora", "group": "SENIORS"}
    officer.post(f"{BASKET}braki/oznaczone/nowy/", values)
    assert "szukamy instytucji" in text_of(
        worker.get(f"{BASKET}braki/?dla=SENIORS&szukaj=klub seniora")
    )
    assert "szukamy instytucji" not in text_of(
        worker.get(f"{BASKET}braki/?dla=YOUTH&szukaj=klub seniora")
    )
    assert "zaplanuj" in text_of(officer.get(f"{BASKET}braki/oznaczone/"))
    assert "zaplanuj" not in text_of(worker.get(f"{BASKET}braki/oznaczone/"))
    assert worker.get(f"{BASKET}braki/szukane/").status_code == 403


def test_from_a_gap_of_the_list_one_marks_it_for_those_for_whom_one_looked(
    in_partnership: TenantRef, kooperant: Organisation
) -> None:
    officer = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    worker = make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)[0]
    asked = f"{BASKET}braki/?szukaj=klub+seniora&dla=SENIORS"
    at = f"{BASKET}braki/oznaczone/nowy/?rodzaj=klub-seniora&dla=SENIORS"
    assert at.replace("&", "&amp;") in officer.get(asked).content.decode()
    assert "oznaczone/nowy" not in worker.get(asked).content.decode()
    form = officer.get(at).context["form"]
    assert (form["type_code"].value(), form["group"].value()) == ("klub-seniora", Group.SENIORS)
    for_all = at.replace("SENIORS", "ALL").replace("&", "&amp;")
    assert for_all in officer.get(asked.replace("SENIORS", "")).content.decode()


def recruited(client: Client, gap: Gap, **values: str) -> Any:
    asked = {
        "key": str(uuid7()),
        "need": str(gap.pk),
        "origin": "OFFICE",
        "institution_name": "Fundacja Zmyślona",
        "sector": "NGO",
        "began_on": str(gap.opened_on),
        **values,
    }
    return client.post(NEW_RECRUITMENT, asked, follow=True)


NEW_RECRUITMENT = "/gmina/gogolin/partnerstwo/nabor/nowy/"


def test_from_a_gap_to_whom_one_recruits_to_the_service_that_closes_it(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    gap = marked(office)
    officer = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    worker = make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)[0]
    at = f"{NEW_RECRUITMENT}?brak={gap.pk}"
    assert at in officer.get(f"{BASKET}braki/oznaczone/").content.decode()
    page = officer.get(at)
    assert "Czego szukamy: klub seniora" in text_of(page)
    assert "klub seniora" in page.context["form"]["note"].value()
    assert "szukamy instytucji" in text_of(recruited(officer, gap))
    assert "Fundacja Zmyślona" in text_of(officer.get(f"{BASKET}braki/oznaczone/"))
    assert "Fundacja Zmyślona" not in text_of(worker.get(f"{BASKET}braki/oznaczone/"))
    with inside(in_partnership):
        make.accepted(
            office, kooperant, name="Klub Jesień", type_code="klub-seniora", groups=[Group.SENIORS]
        )
        entry = GapRecruitment.objects.get().recruitment
    assert ": Klub Jesień" in text_of(officer.get(f"{BASKET}braki/oznaczone/"))
    page = officer.get(f"{NEW_RECRUITMENT.removesuffix('nowy/')}{entry.pk}/")
    assert "jest w koszyku" in text_of(page) and "Zaproś kolejną" not in text_of(page)
    assert recruited(officer, gap, institution_name="Inna").status_code == 409
    assert Recruitment.objects.count() == 1


def test_recruiting_for_no_gap_at_all_is_as_it_was(in_partnership: TenantRef) -> None:
    officer = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    for asked in ("", "?brak=", "?brak=dziwne", f"?brak={uuid7()}"):
        page = officer.get(f"{NEW_RECRUITMENT}{asked}")
        assert (page.status_code, "Czego szukamy" in text_of(page)) == (200, False)
