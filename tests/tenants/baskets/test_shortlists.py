"""A family gets services on one page: each that is offered, with what anybody may know (REG §3.4)."""

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.baskets.actions import services, shortlists
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.models.shortlists import Shortlist, ShortlistItem
from tenants.baskets.workflow import CheckState
from tenants.partnership.models import Partnership
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.terms import Language
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

LISTS = "/gmina/gogolin/koszyk/listy/"
OPEN = dict.fromkeys(("sees_service", "sees_contact", "sees_place"), Visibility.PUBLIC)


@pytest.fixture
def worker(in_partnership: TenantRef, kooperant: Organisation) -> Client:
    return make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)[0]


def listed(by: Actor, *offered: Service) -> Shortlist:
    names = [str(one.pk) for one in offered]
    return shortlists.begin(by=by, key=uuid7(), services=names)


def names_on(shortlist: Shortlist) -> list[str]:
    items = ShortlistItem.objects.filter(shortlist=shortlist).order_by("place")
    return list(items.values_list("service__name", flat=True))


def test_a_worker_picks_services_and_the_family_reads_them(
    office: Actor, kooperant: Organisation, worker: Client, in_partnership: TenantRef
) -> None:
    make.accepted(office, kooperant, name="Klub", **OPEN, contact_name="Anna Zmyślona")
    answer = worker.get(f"{LISTS}nowa/?szukaj=klubu")
    form = answer.context["form"]
    key = str(form["key"].value())
    chosen = [code for code, _ in form.fields["services"].choices]
    answer = worker.post(f"{LISTS}nowa/", {"key": key, "services": chosen}, follow=True)
    said = text_of(answer)
    assert "1. Klub" in said
    assert "77 400 00 01" in said
    assert "ul. Zmyślona 1" in said
    assert "Anna Zmyślona" not in said
    with inside(in_partnership):
        assert names_on(Shortlist.objects.get()) == ["Klub"]


def test_what_its_owner_shows_to_partners_alone_is_not_told_to_a_family(
    office: Actor, kooperant: Organisation, worker: Client
) -> None:
    shortlist = listed(office, make.accepted(office, kooperant, name="Klub"))
    answer = worker.get(shortlist.url)
    said = text_of(answer)
    assert "1. Klub" in said
    assert "77 400 00 01" not in said
    assert "ul. Zmyślona 1" not in said
    assert "Zapytaj osobę, która dała Ci tę listę." in said
    assert answer.context["without_contact"] == ["Klub"]


def test_of_a_protected_place_a_family_reads_no_address(
    office: Actor, kooperant: Organisation, worker: Client
) -> None:
    safe = {"is_protected": True, "street": "", "postal_code": "", "city": "Tajne Zmyślone"}
    shortlist = listed(office, make.accepted(office, kooperant, **OPEN, **safe))
    said = text_of(worker.get(shortlist.url))
    assert "Tajne Zmyślone" not in said
    assert "77 400 00 01" in said


@pytest.fixture
def withdrawn(office: Actor, kooperant: Organisation) -> list[Service]:
    """Services that nobody may be sent to."""
    stopped = make.accepted(office, kooperant, name="Przerwana")
    today = office.today
    services.stop(by=office, service_id=stopped.pk, from_on=today, until_on=None, why="remont")
    hidden = make.accepted(office, kooperant, name="Ukryta", sees_service=Visibility.OFFICE)
    later = today + timedelta(days=1)
    future = make.accepted(office, kooperant, name="Przyszła", valid_from=later)
    return [stopped, hidden, future]


def test_nobody_is_sent_where_there_is_a_break_or_no_contact(
    office: Actor, kooperant: Organisation, withdrawn: list[Service], worker: Client
) -> None:
    good = make.accepted(office, None, name="Dobra")
    shortlist = listed(office, *withdrawn, good)
    assert names_on(shortlist) == ["Dobra"]
    silent = make.accepted(office, kooperant, name="Milcząca")
    shortlists.add(by=office, shortlist_id=shortlist.pk, services=[str(silent.pk)])
    CardCheck.objects.create(card=silent.card, opened_on=office.today, state=CheckState.SILENT)
    url = shortlist.url
    offered = worker.get(f"{LISTS}nowa/").context["form"].fields["services"]
    assert [words for _, words in offered.choices] == ["Dobra (Lider)"]
    answer = worker.get(url)
    assert [one.name for one in answer.context["offers"]] == ["Dobra"]
    assert answer.context["gone"] == ["Milcząca"]


def test_services_are_put_in_order_and_taken_off(
    office: Actor, kooperant: Organisation, worker: Client
) -> None:
    first, second, third = (make.accepted(office, kooperant, name=name) for name in "ABC")
    shortlist = listed(office, first, second, third)
    places = {str(first.pk): "-", str(second.pk): "2", str(third.pk): "1"}
    worker.post(f"{shortlist.url}kolejnosc/", {"version": shortlist.version, **places})
    assert names_on(shortlist) == ["C", "B"]
    with pytest.raises(StaleForm):
        shortlists.arrange(by=office, shortlist_id=shortlist.pk, version=0, order=[])
    assert names_on(shortlist) == ["C", "B"]


def test_a_list_stays_short_and_has_each_service_once(
    office: Actor, kooperant: Organisation
) -> None:
    many = [make.accepted(office, kooperant, name=f"Usługa {n}") for n in range(7)]
    shortlist = listed(office, *many[:6])
    with pytest.raises(ValidationError):
        shortlists.add(by=office, shortlist_id=shortlist.pk, services=[str(many[6].pk)])
    with pytest.raises(AlreadySaved):
        shortlists.add(by=office, shortlist_id=shortlist.pk, services=[str(many[0].pk)])
    assert len(names_on(shortlist)) == 6


def test_a_list_passes_away_after_a_month_without_a_change(
    office: Actor, kooperant: Organisation
) -> None:
    shortlist = listed(office, make.accepted(office, kooperant))
    shortlists.forget_old(day=office.today + timedelta(days=30))
    assert Shortlist.objects.filter(pk=shortlist.pk).exists()
    shortlists.forget_old(day=office.today + timedelta(days=31))
    assert not Shortlist.objects.exists()
    assert Service.objects.count() == 1


@pytest.mark.parametrize(
    ("version", "words", "lang"),
    [
        ("pl", "Gdzie znajdziesz pomoc", "pl"),
        ("uk", "Де знайти допомогу", "uk"),
        ("latwa", "Tu dostaniesz pomoc", "pl"),
    ],
)
def test_it_is_printed_with_the_labels_of_each_version(
    office: Actor, kooperant: Organisation, worker: Client, version: str, words: str, lang: str
) -> None:
    service = make.accepted(office, kooperant, **OPEN, languages=[Language.UKRAINIAN])
    shortlist = listed(office, service)
    url = shortlist.url
    answer: Any = worker.get(f"{url}druk-{version}.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.getvalue()))
    said = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert words in said
    assert "1. Poradnia dla rodzin" in said
    assert "77 400 00 01" in said
    assert len(document) == 1
    with pikepdf.open(io.BytesIO(answer.getvalue())) as pdf:
        assert str(pdf.Root.Lang) == lang
    page = worker.get(f"{url}?wersja={version}")
    assert words in text_of(page)


IN_OTHER_WORDS = {
    "uk": '<dd><span lang="uk">Це розмова.<br>Зателефонуйте.</span></dd>',
    "latwa": '<dd><span lang="pl">To jest rozmowa.<br>Zadzwoń tam.</span></dd>',
}


@pytest.mark.parametrize("version", IN_OTHER_WORDS)
def test_the_words_of_its_card_stand_for_the_description(
    office: Actor, kooperant: Organisation, worker: Client, version: str
) -> None:
    reworded = make.accepted(
        office,
        kooperant,
        name="Klub",
        **OPEN,
        in_ukrainian="Це розмова.\nЗателефонуйте.",
        easy_to_read="To jest rozmowa.\nZadzwoń tam.",
    )
    plain = make.accepted(office, kooperant, name="Kino", about="Filmy dla wszystkich.")
    page = worker.get(f"{listed(office, reworded, plain).url}?wersja={version}")
    said = text_of(page)
    assert IN_OTHER_WORDS[version] in said
    assert reworded.latest.about not in said
    assert "Filmy dla wszystkich." in said
    assert page.context["without_words"] == ["Kino"]
    assert [code for code, _ in page.context["others"]] == [
        one for one in ("pl", "uk", "latwa") if one != version
    ]


def test_the_plain_list_keeps_the_description(
    office: Actor, kooperant: Organisation, worker: Client
) -> None:
    service = make.accepted(office, kooperant, easy_to_read="To jest rozmowa.", **OPEN)
    page = worker.get(listed(office, service).url)
    assert service.latest.about in text_of(page)
    assert "To jest rozmowa." not in text_of(page)
    assert page.context["without_words"] == []


def test_a_list_knows_nobody(office: Actor, kooperant: Organisation) -> None:
    listed(office, make.accepted(office, kooperant))
    columns = {field.name for field in Shortlist._meta.get_fields()}
    assert columns == {"id", "number", "changed_on", "version", "items"}


def test_of_a_service_that_was_hidden_since_not_even_the_name_is_told(
    office: Actor, kooperant: Organisation, worker: Client, in_partnership: TenantRef
) -> None:
    hidden = make.accepted(office, None, name="Hostel Ukryty")
    shortlist = listed(office, hidden)
    with inside(in_partnership):
        make.refiled(office, hidden, sees_service=Visibility.OFFICE)
    for page in (shortlist.url, f"{shortlist.url}kolejnosc/"):
        said = text_of(worker.get(page))
        assert "Hostel Ukryty" not in said
        assert "usunięto na życzenie instytucji" in said


def test_a_number_that_another_list_has_is_drawn_again(
    office: Actor, kooperant: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = make.accepted(office, kooperant)
    drawn = iter((123456, 123456, 654321))
    monkeypatch.setattr("tenants.baskets.models.shortlists.neutral_number", lambda: next(drawn))
    assert [listed(office, service).number for _ in range(2)] == [123456, 654321]


def test_a_family_reads_the_name_of_the_office_and_not_that_it_is_the_lider(
    office: Actor, worker: Client
) -> None:
    Partnership.objects.update(lead_name="Ośrodek Pomocy w Gogolinie")
    shortlist = listed(office, make.accepted(office, None, name="Praca socjalna", **OPEN))
    said = text_of(worker.get(shortlist.url))
    assert "1. Praca socjalna" in said
    assert "<p>Ośrodek Pomocy w Gogolinie</p>" in said
    assert "<p>Lider</p>" not in said


def test_three_services_fit_on_a_page(
    office: Actor, kooperant: Organisation, worker: Client
) -> None:
    three = (make.accepted(office, kooperant, name=f"Klub {n}", **OPEN) for n in range(3))
    answer: Any = worker.get(f"{listed(office, *three).url}druk-pl.pdf")
    assert len(pypdfium2.PdfDocument(io.BytesIO(answer.getvalue()))) == 1
