"""What every page keeps to: the place in the navigation, no choice made for one, plain sentences."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import quoted
from tests.declared import ROOT, Page, SharedPage, every
from tests.factories import letters
from tests.place import Place, Settled
from tests.wording import lines_of, read_faults

# Pages outside the navigation, and why.
UNMARKED = {
    "join": "a public page for strangers",
    "join_sent": "a public page for strangers",
    "join_regulation": "a public page for strangers",
    "agreements:agreements_public": "a public page for strangers",
    "directory:types": "a public page for strangers",
    "directory:type": "a public page for strangers",
    "directory:services": "a public page for strangers",
    "directory:service": "a public page for strangers",
    "public_basket": "a public page for strangers",
    "hsds:guide": "for programmers, led to by the types of services",
    **{
        f"directory:{name}": "led to by one's own affairs, whoever keeps a card"
        for name in (
            *("masters", "master", "master_card", "master_new", "master_edit", "master_confirm"),
            *("master_stop", "master_cycle", "master_report", "master_resume", "master_end"),
            *("master_withdraw", "master_elsewhere"),
            *("keeper_let_in", "keeper_refuse", "keeper_end"),
        )
    },
    "people:adviser": "led to by what waits and by the people of the office",
    "people:adviser_end": "led to by the page of the office and the adviser's first page",
    "accessibility": "what the law says anybody may read, led to by the footer",
    "search": "led to by the top of each page",
    "guide": "led to by the top of each page",
    "guide_section": "led to by the top of each page",
    "api_reference": "for programmers, led to by the keys",
    "account_logout": "the way out",
    "account_inactive": "a way of signing in",
    "account_reset_password": "a way of signing in",
    "account_reset_password_done": "a way of signing in",
    "account_reset_password_from_key": "a way of signing in",
    "account_reset_password_from_key_done": "a way of signing in",
    "mfa_reauthenticate": "a step on the way to another page",
    "mfa_reauthenticate_webauthn": "a step on the way to another page",
    "invitation": "opened from a letter",
    "meetings:answer": "opened from a letter",
    "dialogue:risk_link": "opened from a letter",
    "dialogue:note_link": "opened from a letter",
    "meetings:guest_link": "opened from a letter",
    "meetings:poll_link": "opened from a letter",
}
# Those of them that stand below no other page; the public ones say the way to their first.
FIRST = UNMARKED.keys() - {"guide_section", "join_regulation", "join_sent", "directory:type"}
FIRST -= {"people:adviser", "people:adviser_end", "directory:service", "public_basket"}
FIRST -= {name for name in UNMARKED if name.startswith(("directory:master_", "directory:keeper_"))}
FIRST -= {"directory:master", "hsds:guide"}
FIRST |= {"inbox_mails_off"}  # opened from a letter
# Rows of the machinery, of which the journal never tells.
OF_MACHINERY = {"Entry", "Outgoing"}

_FILTERS = re.compile(r'<form[^>]*method="get".*?</form>', re.DOTALL)
_SELECT = re.compile(r"<select.*?</select>", re.DOTALL)
_MARK = re.compile(r'aria-label="Główna nawigacja">((?!</nav>).)*aria-current', re.DOTALL)
_CURRENT = re.compile(r'aria-label="Główna nawigacja">((?!</nav>).)*aria-current="page"', re.DOTALL)
_HEADING = re.compile(r"<(?:h\d|legend)[^>]*>\s*(§\s\d+[^<]*?)\s*<")
_PARAGRAPH = re.compile(r"§\s\d+((\s(ust|lit)\.\s\w+)+|\.\s\w[^<]*)?")
_TWO_STOPS = re.compile(r"[^.]{0,40}[^.]\.\.(?!\.)")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
Pages = dict[str, str]


def _read(place: Place, visitors: str = "LANSDPHW") -> Iterator[tuple[str, str]]:
    """Each page as the first who may read it gets it."""
    for page in (*every(Page), *every(SharedPage)):
        is_of_tenant = isinstance(page, Page)
        at = place.address(page) if isinstance(page, Page) else place.shared_address(page)
        for visitor in visitors if is_of_tenant else "LR":
            seen = place.seen(visitor, at)
            if seen.status == 200:
                if seen.html:
                    yield page.name, seen.html
                break


@pytest.fixture(scope="module")
def pages(settled: Settled, django_db_blocker: object) -> Pages:
    with settled.visited(django_db_blocker) as place:
        return dict(_read(place))


@pytest.fixture(scope="module")
def of_partner(settled: Settled, django_db_blocker: object) -> Pages:
    """Pages of the tenant as a coordinator reads them, or who applies."""
    with settled.visited(django_db_blocker) as place:
        return {name: page for name, page in _read(place, "PZ") if ":" in name or name == "home"}


def test_every_page_has_its_place_in_the_navigation_or_says_why_none(pages: Pages) -> None:
    assert len(pages) > 100
    assert {name for name, page in pages.items() if not _MARK.search(page)} == {*UNMARKED}


def test_the_bar_of_a_narrow_window_names_the_innermost_entry(pages: Pages) -> None:
    for name, page in pages.items():
        navigation = page.partition('aria-label="Główna nawigacja">')[2].partition("</nav>")[0]
        marked = re.findall(r'aria-current="\w+"><span data-label="([^"]+)"', navigation)
        assert re.findall(r'class="k-place-entry">([^<]+)<', page) == marked[-1:], name


def test_every_page_below_the_first_level_says_the_way_to_it(pages: Pages) -> None:
    below = {name for name, page in pages.items() if not _CURRENT.search(page)}
    assert {name for name in below if "k-breadcrumbs" not in pages[name]} == FIRST


def test_every_question_before_an_end_says_the_way_to_its_page(pages: Pages) -> None:
    ending = [name for name in pages if re.search(r"[:_]end(_|$)", name)]
    assert len(ending) > 6
    assert [name for name in ending if "k-breadcrumbs" not in pages[name]] == []


def test_no_list_chooses_for_whoever_fills_in_a_form(pages: Pages) -> None:
    """What stands first is empty, unless something is chosen already."""
    for name, page in pages.items():
        for choices in _SELECT.findall(_FILTERS.sub("", page)):
            first = re.search(r"<option[^>]*>", choices)
            assert first, name
            assert 'value=""' in first[0] or " selected" in choices, (name, choices)


def test_every_paragraph_is_headed_in_one_way(pages: Pages) -> None:
    """§ 1. Postanowienia ogólne, never without its stop."""
    headings = [(name, one) for name, page in pages.items() for one in _HEADING.findall(page)]
    assert len(headings) > 20
    assert [one for one in headings if not _PARAGRAPH.fullmatch(one[1])] == []


def test_no_page_reads_with_a_fault_of_wording(pages: Pages, of_partner: Pages) -> None:
    found = [
        (name, fault)
        for name, page in [*pages.items(), *of_partner.items()]
        if name != "api_reference"  # words of programs
        for line in lines_of(page)
        for fault in read_faults(line)
    ]
    assert found == [], "\n".join(map(str, found))


def test_no_mail_reads_with_a_fault_of_wording() -> None:
    said = f"Dom Kultury {quoted('Wzór')}"
    found = []
    for name in letters.names():
        mail = letters.drawn(name, said)
        texts = [*mail.text.splitlines(), *lines_of(mail.html), mail.subject]
        found += [(name, fault) for text in texts for fault in read_faults(text.strip())]
    assert found == [], "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("fault", "page"),
    [
        ("two full stops", "<p>Przyjęto <strong>12 maja 2026 r.</strong>.</p>"),
        ("a preposition and a colon", "<p>przyjęty w: <b>Strzeleczkach</b></p>"),
        ("a value of Python", "<dd>None</dd>"),
        ("an empty bracket", "<li>Anna Próbna (<span></span>)</li>"),
        ("one of many", "<p>zna już 1&nbsp;osób</p>"),
        ("zero of people", "<p>należy 0&nbsp;kooperantów</p>"),
        ("a space before a stop", "<p><a href='#'>Dom Kultury</a> , od dnia</p>"),
        ("two commas", "<p>Opole, , Polska</p>"),
        ("two spaces", "<p>Dom &nbsp;Kultury</p>"),
        ("nested quotes", "<p>„Koło <em>„Łąkowianki”</em>”</p>"),
    ],
)
def test_a_planted_fault_is_read(fault: str, page: str) -> None:
    found = [name for line in lines_of(f"<main>{page}</main>") for name, _ in read_faults(line)]
    assert fault in found


def test_no_sentence_ends_twice(pages: Pages) -> None:
    for name, page in pages.items():
        assert not _TWO_STOPS.search(re.sub(r"<[^>]+>", " ", page)), name


def test_no_row_of_which_the_journal_tells_is_called_by_an_id(place: Place) -> None:
    kinds = [kind for kind in apps.get_models() if issubclass(kind, TenantModel)]
    with inside(place.here):
        for kind in kinds:
            rows: models.QuerySet[models.Model] = kind._default_manager.order_by("pk")
            if kind.__name__ not in OF_MACHINERY:
                assert not [str(row) for row in rows if _ID.search(str(row))], kind


def test_no_sentence_in_the_code_puts_a_stop_after_a_date() -> None:
    """`pl_date` ends with one: "28 listopada 2026 r."."""
    two = re.compile(r"pl_date\([^{}]*\)\}\.|\|pl_date *\}\}\.|\.annotation\}\.")
    folders = ("platform", "tenants", "region", "gmina", "powiat", "api", "templates")
    files = [file for folder in folders for file in (ROOT.parent / folder).rglob("*.*")]
    sources = [file for file in files if file.suffix in (".py", ".html", ".txt")]
    assert [str(file) for file in sources if two.search(file.read_text())] == []
