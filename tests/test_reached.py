"""Nothing filed is lost to sight: each page about a row is reached by links, and no link is closed."""

import re
from collections import deque
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from kooperacja.documents.models import Document, StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import KeptFile
from kooperacja.offers import of
from kooperacja.tenancy.context import inside
from tenants.data_protection.models import ConfidentialityStatement
from tests.declared import VISITORS, Page, Rows, every
from tests.factories import meetings as make_meetings
from tests.factories import people as make
from tests.place import Place, Settled

_LINK = re.compile(r'<(?:a|form)\b[^>]*?\b(?:href|action)="([^"]*)"')
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_SORTS = "sort"  # leads to no other row of a list
# Led to in another state than that of the page's own row.
IN_STATE = {
    "accession:recruitment_forget": "declined",
    "regulation:regulation_readers": "in_force",
}
_BY_MAIL = "opened by the link of a mail"
# Led to by what the rows of the place have not.
ELSEWHERE = {
    "people:organisation_merge_with": "stands behind a choice: people/test_mending.py",
    "people:person_merge_with": "stands behind a choice: people/test_mending.py",
    "baskets:card_merge": "stands behind two entries of one institution: baskets/test_card_merges.py",
    "baskets:card_prepare": "stands where a card is too long to wait for: baskets/test_papers.py",
    "baskets:edition_prepare": "stands where it is too long to wait for: baskets/test_editions_prepared.py",
    "meetings:pack_prepare": "stands where files are too large to wait for: meetings/test_pack.py",
    "dialogue:risk_link": _BY_MAIL,
    "meetings:answer": _BY_MAIL,
    "meetings:guest_link": _BY_MAIL,
    "meetings:minutes_link": _BY_MAIL,
    "meetings:poll_link": _BY_MAIL,
    "dialogue:note_link": _BY_MAIL,
    "documents:container": "stands with the signatures found in it: documents/test_containers.py",
    "partnership:word_template_reset": "stands where the office gave a form of its own",
}


def _links(at: str, content: str) -> set[str]:
    found = (unescape(href) for href in _LINK.findall(content))
    return {urljoin(at, href).partition("#")[0] for href in found if not href.startswith("mailto:")}


def _is_read(place: Place, path: str) -> bool:
    """A page, not a file; of the many rows alike one of each kind is enough."""
    known = {str(one) for kind in place.rows for one in place.rows.args(kind)}
    return "." not in path and "/pliki/" not in path and set(_ID.findall(path)) <= known


def _reached(place: Place, visitor: str, closed: set[str], first: str = "") -> set[str]:
    """Every path that this visitor comes to by following links; `closed` gets those refused."""
    home = f"{place.here.prefix}/"
    first = first or home
    paths, asked, waiting = {first}, {first}, deque([first])
    while waiting:
        at = waiting.popleft()
        answer = place.clients[visitor].get(at)
        if answer.status_code in {403, 404}:
            closed.add(f"{visitor} {at}")
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        for link in _links(at, answer.content.decode()):
            parts = urlsplit(link)
            if not parts.path.startswith(home):
                if _is_nowhere(parts.path):
                    closed.add(f"{visitor} {link}")
                continue
            paths.add(parts.path)
            is_list = any(name == _SORTS for name, _ in parse_qsl(parts.query))
            if link not in asked and not is_list and _is_read(place, parts.path):
                asked.add(link)
                waiting.append(link)
    return paths


def _is_nowhere(path: str) -> bool:
    """An address outside of the unit that the site does not have, such as one without its prefix."""
    if path.startswith(("/gmina/", "/powiat/", settings.STATIC_URL)):
        return False
    try:
        resolve(path, settings.ROOT_URLCONF)
    except Resolver404:
        return True
    return False


def _at(place: Place, page: Page) -> str:
    return place.address(replace(page, of=IN_STATE.get(page.name, page.of)))


@dataclass(frozen=True)
class Walked:
    """The pages about rows, the kinds of kept files by id, and every path that somebody came to."""

    wanted: dict[str, str]
    kinds: dict[str, str]
    reached: set[str]
    closed: set[str]


@pytest.fixture(scope="module")
def walked(settled: Settled, django_db_blocker: object) -> Walked:
    """The Lider's representative sees most; what an applicant alone fills in, the applicant."""
    about = [page for page in every(Page) if page.of and page.name not in ELSEWHERE]
    with settled.visited(django_db_blocker) as place:
        with inside(place.here):
            wanted = {page.name: _at(place, page) for page in about if {*"LZ"} & _readers(page)}
            _keep_every_kind(place.rows)
            kinds = {str(file.pk): file.kind for file in StoredFile.objects.order_by("pk")}
        closed: set[str] = set()
        reached = _reached(place, "L", closed) | _reached(place, "Z", closed)
        # Those to whom some pages are closed, and whoever has no more than the link of a mail.
        for visitor in "DPT":
            _reached(place, visitor, closed)
        for page in every(Page):
            if ELSEWHERE.get(page.name) == _BY_MAIL:
                _reached(place, "-", closed, place.address(page))
        return Walked(wanted, kinds, reached, closed)


def test_every_page_about_a_row_is_reached_by_links_from_the_first_page(walked: Walked) -> None:
    assert len(walked.wanted) > 50
    lost = {name: at for name, at in walked.wanted.items() if at not in walked.reached}
    assert lost == {}


def test_no_link_leads_whom_it_is_shown_to_a_page_that_is_closed_to_them(walked: Walked) -> None:
    assert walked.closed == set()


def _readers(page: Page) -> set[str]:
    return {who for who, said in zip(VISITORS, page.answers, strict=True) if said == "o"}


# Kinds of files whose row cannot be made here without more than the test is about.
FILES_ELSEWHERE = {
    "OFFICE_TEMPLATE": "stands where the office gave a form of its own",
    "REGULATION_VOTE": "stands beside a vote given on paper",
}


def _document(kind: str, subject: UUID) -> None:
    pdf, docx = make.stored(kind), make.stored(kind)
    Document.objects.create(
        kind=kind, subject=subject, version=1, title=kind, context={}, pdf=pdf, docx=docx
    )


def _keep_every_kind(rows: Rows) -> None:
    """Files that the rows have not yet, put straight into the tables."""
    rows["accepted"], rows["past_meeting"]
    make_meetings.extract(rows["approved_minutes"])
    rows["in_force"].signed_file = make.stored("SIGNED_REGULATION")
    rows["in_force"].save(update_fields=["signed_file"])
    rows["authorisation"].file = make.stored("SIGNED_AUTHORISATION")
    rows["authorisation"].save(update_fields=["file"])
    _document("REGULATION", rows["in_force"].pk)
    _document("AGREEMENT_DRAFT", rows["agreement"].organisation_id)
    ConfidentialityStatement.objects.create(
        person=rows["lead"],
        from_on=timezone.localdate(),
        file=make.stored("SIGNED_STATEMENT"),
        recorded_by_name="test",
    )


def test_every_kind_of_file_that_is_kept_is_linked_from_a_page_of_its_readers(
    walked: Walked,
) -> None:
    """A file handed in or issued that no page leads to would be lost to sight."""
    papers = {paper.kind for paper in of(Paper) if paper.may_read}
    offered = {kept.kind for kept in of(KeptFile)} | papers
    kinds = walked.kinds
    linked = {kinds[pk] for path in walked.reached for pk in _ID.findall(path) if pk in kinds}
    assert offered - linked == {*FILES_ELSEWHERE}
