"""The pages of an aneks, from its draft to the text in force (POR)."""

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.documents.models import Document
from kooperacja.documents.storage import content_of
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tenants.agreements.models import Agreement, Amendment
from tenants.registry.roles import Role
from tests.factories import agreement_force as make_force
from tests.factories import agreement_life as life
from tests.factories import agreements as make_draft
from tests.factories import amendments as make
from tests.factories import people as make_people
from tests.kooperacja.documents.test_pdf import text_of as text_of_pdf
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"
TODAY = timezone.localdate()
FIRST = TODAY - timedelta(days=5)


class Scene:
    """An agreement in force between two institutions, with the browsers of their heads."""

    def __init__(self, place: TenantRef) -> None:
        draft = make_draft.draft("C", **make_draft.BLANKS)
        day = TODAY - timedelta(days=make.BEFORE)
        self.heads: list[Client] = []
        for number in range(2):
            of = make_people.organisation(name=f"Instytucja nr {number + 1}")
            make_draft.party(draft, of)
            self.heads.append(browser(place, Role.PARTNER_HEAD, of))
        parties = list(draft.parties.all())
        draft = make_draft.going_round(draft)
        self.agreement: Agreement = make_force.between(draft, parties, day)
        self.office = browser(place, Role.LEAD)

    @property
    def amendment(self) -> Amendment:
        return Amendment.objects.get()


def browser(place: TenantRef, role: str, of: Any = None) -> Client:
    return make_people.signed_in(place, role, organisation=of)[0]


@pytest.fixture
def scene(in_partnership: TenantRef) -> Scene:
    return Scene(in_partnership)


def about(**fields: Any) -> dict[str, Any]:
    plain = {
        "key": str(uuid7()),
        "dated_on": TODAY.isoformat(),
        "justification": "Potrzebny jest nowy ustęp.",
        "signers": "ALL",
        "sign_by": (TODAY + timedelta(days=20)).isoformat(),
        "force": "LAST",
        "force_on": "",
    }
    return plain | fields


def drafted(scene: Scene) -> str:
    """A draft with two changes, made on its pages; its address."""
    started = scene.office.post(f"{AT}/{scene.agreement.pk}/aneks/", about())
    assert started.status_code == 302
    at: str = started["Location"]
    new = {"place": "after:2.1", "heading": "", "text": "Nowy ustęp, zob. [§ 2 ust. 4]."}
    for words, said in (("nowe", new), ("skreslenie", {"clause": "2.6"})):
        answer = scene.office.post(f"{at}zmiana/{words}/", {"key": str(uuid7()), **said})
        assert (answer.status_code, answer["Location"]) == (302, at)
    return at


def test_the_office_drafts_it_and_the_parties_read_it_once_it_is_shown(scene: Scene) -> None:
    at = drafted(scene)
    page = text_of(scene.office.get(at))
    assert "po § 2 ust. 1 dodaje się ustęp w brzmieniu: „Nowy ustęp, zob. ust. 5.”" in page
    assert "skreśla się § 2 ust. 6" in page
    assert "Przekaż do podpisu" in page
    head = scene.heads[0]
    assert head.get(at).status_code == 403
    assert scene.office.post(f"{at}udostepnienie/", {"version": 0}).status_code == 302
    shown = text_of(head.get(at))
    assert "Strony czytają ten projekt" in shown
    for step in ("Przekaż do podpisu", "Dodaj zmianę", "Odrzuć projekt"):
        assert step not in shown
    for page_of in ("pola/", "do-podpisu/", "zmiana/nowe/", "odrzucenie/"):
        assert head.post(f"{at}{page_of}", {"version": 1}).status_code == 403
    assert scene.amendment.is_draft


@pytest.mark.parametrize(
    ("agreed", "asks"),
    [
        ("ALL", (False, False)),
        ("NAMED", (False, True)),
        ("", (True, True)),  # an agreement from before this was asked
    ],
)
def test_its_form_asks_only_what_the_agreement_leaves_open(
    scene: Scene, agreed: str, asks: tuple[bool, bool]
) -> None:
    Agreement.objects.update(amended_by=agreed)
    new = f"{AT}/{scene.agreement.pk}/aneks/"
    fields = ('name="signers"', 'name="named"')
    page = scene.office.get(new).content.decode()
    assert tuple(field in page for field in fields) == asks
    edit = f"{scene.office.post(new, about())['Location']}pola/"
    page = scene.office.get(edit).content.decode()
    assert tuple(field in page for field in fields) == asks
    assert scene.office.post(edit, {**about(), "version": 0}).status_code == 302
    assert scene.amendment.signers == (agreed or "ALL")


def test_what_is_wrong_is_said_beside_its_field(scene: Scene) -> None:
    early = (TODAY - timedelta(days=make.BEFORE + 1)).isoformat()
    answer = scene.office.post(f"{AT}/{scene.agreement.pk}/aneks/", about(dated_on=early))
    assert answer.status_code == 422
    assert "Aneks nie może mieć wcześniejszej daty." in text_of(answer)
    at = drafted(scene)
    said = {"key": str(uuid7()), "clause": "2.5", "text": "Zob. [§ 9 ust. 9]."}
    answer = scene.office.post(f"{at}zmiana/brzmienie/", said)
    assert answer.status_code == 422
    assert "W tekście nie ma postanowienia: § 9 ust. 9." in text_of(answer)
    said = {**said, "text": "Dzwoń: PESEL 44051401359."}
    assert scene.office.post(f"{at}zmiana/brzmienie/", said).status_code == 422
    assert scene.amendment.changes.count() == 2


def test_a_clause_is_chosen_by_its_first_words_and_its_present_text_stands_above_the_form(
    scene: Scene,
) -> None:
    at = drafted(scene)
    for words in ("brzmienie", "skreslenie"):
        page = text_of(scene.office.get(f"{at}zmiana/{words}/"))
        assert re.search(r'href="\?postanowienie=2\.5">§ 2 ust\. 5: \w+ [^<]*…</a>', page)
        assert "<textarea" not in page
    chosen = text_of(scene.office.get(f"{at}zmiana/brzmienie/?postanowienie=2.5"))
    assert "Obecne brzmienie: § 2 ust. 5" in chosen
    assert '<option value="2.5" selected>' in chosen
    change = scene.amendment.changes.get(kind="REMOVED")
    mended = text_of(scene.office.get(f"{AT}/aneksy/zmiany/{change.pk}/"))
    assert "Obecne brzmienie: § 2 ust. 6" in mended
    rhythm = text_of(scene.office.get(f"{at}zmiana/czestosc/"))
    assert "Obecne brzmienie: § 2" in rhythm
    place = text_of(scene.office.get(f"{at}zmiana/nowe/"))
    assert re.search(r"ustęp po § 2 ust\. 1: \w+ [^<]*…</option>", place)


def test_a_change_is_mended_as_it_was_typed(scene: Scene) -> None:
    at = drafted(scene)
    change = scene.amendment.changes.get(kind="ADDED")
    page = f"{AT}/aneksy/zmiany/{change.pk}/"
    assert "Nowy ustęp, zob. [§ 2 ust. 4]." in text_of(scene.office.get(page))
    said = {"version": 0, "place": "after:2.1", "heading": "", "text": "Inny, zob. [§ 3]."}
    assert scene.office.post(page, said)["Location"] == at
    assert scene.office.post(page, {**said, "text": "Jeszcze inny."}).status_code == 409
    change.refresh_from_db()
    assert change.text == "Inny, zob. ((3))."


def signed(text: str = "skan.pdf") -> dict[str, Any]:
    return {
        "key": str(uuid7()),
        "document": str(Amendment.objects.values_list("document", flat=True).get()),
        "signer": "Anna Przykładowa",
        "function": "dyrektor",
        "signed_on": TODAY.isoformat(),
        "mode": "PAPER_SCAN",
        "basis": "OFFICE",
        "file": make_people.pdf(text),
    }


def test_it_is_sent_signed_and_read_in_the_text_of_its_day(scene: Scene) -> None:
    at = drafted(scene)
    assert scene.office.post(f"{at}do-podpisu/", {"version": 0})["Location"] == at
    first, second = scene.amendment.sides.all()
    for head, side, other in zip(scene.heads, (first, second), (second, first), strict=True):
        assert head.post(f"{AT}/aneksy/strony/{other.pk}/podpis/", signed()).status_code == 403
        shown = text_of(head.get(at))
        assert "Kolej tej Strony." in shown
        assert "Wycofaj podpis" not in shown  # that of the agreement, which each has signed
        answer = head.post(f"{AT}/aneksy/strony/{side.pk}/podpis/", signed())
        assert (answer.status_code, answer["Location"]) == (302, at)
    page = text_of(scene.heads[0].get(f"{AT}/{scene.agreement.pk}/tekst/"))
    assert "(dodano aneksem nr 1 z " in page
    assert "kierując się chęcią" not in page
    day = (TODAY - timedelta(days=1)).isoformat()
    before = text_of(scene.heads[0].get(f"{AT}/{scene.agreement.pk}/tekst/?dzien={day}"))
    assert "kierując się chęcią" in before
    assert "dodano aneksem" not in before


def said(day: date) -> str:
    return pl_date(day).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def in_force(in_partnership: TenantRef) -> Agreement:
    """With the whole text that was sent, and an aneks since today."""
    agreement = make_draft.sent(make_draft.whole("C", 2))
    for party in agreement.parties.all():
        make_draft.signed(party)
    make_draft.brought_into_force(agreement, FIRST)
    agreement.refresh_from_db()
    make.since(make.begun(agreement), TODAY)
    return agreement


def test_a_day_without_a_text_is_told_of_and_a_file_named_by_its_day(
    in_partnership: TenantRef, in_force: Agreement
) -> None:
    office, at = browser(in_partnership, Role.LEAD), f"{AT}/{in_force.pk}/"
    wrong = {
        FIRST - timedelta(days=1): f"Porozumienie obowiązuje od {said(FIRST)}",
        TODAY + timedelta(days=1): "Wpisz dzień nie późniejszy niż dzisiaj.",
    }
    for day, words in wrong.items():
        page = text_of(office.get(f"{at}tekst/?dzien={day}"))
        assert words in page
        assert f"Tekst na {said(TODAY)}" in page
        file = office.get(f"{at}obowiazuje.pdf?dzien={day}")
        assert (file.status_code, words in text_of(file)) == (409, True)
    for query, day in ((f"?dzien={FIRST}", FIRST), ("", TODAY)):
        named = office.get(f"{at}obowiazuje.docx{query}")["Content-Disposition"]
        assert f"tekst na {said(day)}docx" in unquote(named)


def test_of_what_ended_there_is_no_text_of_a_later_day(
    in_partnership: TenantRef, in_force: Agreement
) -> None:
    life.end(in_force, 0)
    office, at = browser(in_partnership, Role.LEAD), f"{AT}/{in_force.pk}/"
    words = f"Porozumienie nie obowiązuje od {said(TODAY)}"
    assert words in text_of(office.get(f"{at}tekst/?dzien={TODAY}"))
    assert office.get(f"{at}obowiazuje.pdf?dzien={TODAY}").status_code == 409
    last = TODAY - timedelta(days=1)
    assert office.get(f"{at}obowiazuje.pdf?dzien={last}").status_code == 200


def test_the_files_say_how_far_it_is(scene: Scene) -> None:
    at = drafted(scene)
    draft = scene.office.get(f"{at}aneks.pdf")
    assert "projekt" in draft["Content-Disposition"]
    scene.office.post(f"{at}do-podpisu/", {"version": 0})
    amendment = scene.amendment
    assert amendment.document is not None
    assert "Do podpisu, nie obowiązuje" in text_of_pdf(content_of(amendment.document.pdf))
    stranger = make_people.organisation()
    for reader, status in ((scene.heads[0], 200), (browser_of(scene, stranger), 403)):
        assert reader.get(f"{at}do-podpisu.pdf").status_code == status
        file = f"/gmina/gogolin/dokumenty/pliki/{amendment.document.pdf_id}/"
        assert reader.get(file).status_code == status
    for head, side in zip(scene.heads, amendment.sides.all(), strict=True):
        answer = head.post(f"{AT}/aneksy/strony/{side.pk}/podpis/", signed())
        assert answer.status_code == 302, text_of(answer)
    amendment.refresh_from_db()
    assert amendment.state == "IN_FORCE"
    aneks = scene.heads[0].get(f"{at}aneks.pdf")
    assert "obowiązuje od" in " ".join(text_of_pdf(aneks.content).split())


def browser_of(scene: Scene, of: Any) -> Client:
    return browser(current_tenant(), Role.PARTNER_HEAD, of)


def test_a_second_one_is_not_begun_beside_the_open_one(scene: Scene) -> None:
    drafted(scene)
    at = f"{AT}/{scene.agreement.pk}/"
    assert "Przygotuj aneks" not in text_of(scene.office.get(at))
    answer = scene.office.post(f"{at}aneks/", about())
    assert answer.status_code == 409
    assert "ma już otwarty aneks" in text_of(answer)
    assert Amendment.objects.count() == 1
    assert not Document.objects.filter(kind="AMENDMENT").exists()
