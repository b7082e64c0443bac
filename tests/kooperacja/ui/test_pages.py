"""The frame of every page: headers, what htmx may do, no inline code, the declaration."""

import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from kooperacja.pages import question
from kooperacja.ui.headers import CONTENT_SECURITY_POLICY, SecurityHeadersMiddleware
from kooperacja.ui.views import accessibility

TEMPLATES = Path(settings.ROOT) / "templates"
# Documents are printed and mail is read elsewhere: neither is served as a page.
NOT_PAGES = {"documents", "emails", "email"}
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if not NOT_PAGES & {*path.parts})
INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:|hx-on|\bjs:")
OBLIGATORY = [
    "wstep",
    "podmiot",
    "url",
    "data-publikacja",
    "data-aktualizacja",
    "status",
    "data-sporzadzenie",
    "data-przeglad",
    "kontakt",
    "osoba",
    "email",
    "telefon",
    "procedura",
    "architektura",
    "aplikacje",
]


def test_every_answer_is_strict() -> None:
    response = SecurityHeadersMiddleware(lambda request: HttpResponse())(HttpRequest())
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response["Cross-Origin-Opener-Policy"] == response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_view_may_be_stricter() -> None:
    own = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert (
        SecurityHeadersMiddleware(lambda request: own)(HttpRequest())["Content-Security-Policy"]
        == "sandbox"
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_holds_inline_code(path: Path) -> None:
    assert not INLINE.findall(path.read_text())


def test_htmx_runs_no_code_and_stores_no_page() -> None:
    page = render_to_string("base.html", {}, RequestFactory().get("/"))
    found = re.search(r"name=\"htmx-config\"\s+content='([^']+)'", page)
    assert found is not None
    config = json.loads(unescape(found[1]))
    assert config["allowEval"] is config["includeIndicatorStyles"] is False
    assert config["historyCacheSize"] == 0


def test_the_frame_has_what_everybody_needs() -> None:
    page = render_to_string("base.html", {"is_demo": True}, RequestFactory().get("/"))
    assert '<html lang="pl">' in page
    assert page.index('href="#tresc"') < page.index("<header")
    assert '<main id="tresc" tabindex="-1">' in page
    assert "Deklaracja dostępności" in page


def test_the_declaration_has_the_obligatory_ids() -> None:
    page = accessibility(RequestFactory().get("/deklaracja-dostepnosci/")).content.decode()
    assert [name for name in OBLIGATORY if page.count(f'id="a11y-{name}"') != 1] == []


def test_a_step_that_matters_is_asked_on_a_page() -> None:
    response = question(
        RequestFactory().get("/"),
        Form(),
        print,
        said="",
        to="/czlonkowie/",
        crumbs=[("Członkowie", "/czlonkowie/")],
        question="Zakończyć członkostwo?",
        consequence="Instytucja zniknie z rejestru.",
        button="Zakończ członkostwo",
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "Tego kroku nie można cofnąć." in page
    assert '<button type="submit" class="btn btn-danger">Zakończ członkostwo</button>' in page
    assert 'href="/czlonkowie/">Anuluj</a>' in page


@dataclass
class _Account:
    is_authenticated: bool = True
    full_name: str = "Anna Wzorowa"
    email: str = "anna@example.org"


@dataclass
class _Access:
    role: str = "LEAD"
    organisation_name: str = "OPS Gogolin"

    def get_role_display(self) -> str:
        return "Lider"


def _page_in_a_tenant(*access: _Access) -> str:
    request: Any = RequestFactory().get("/")
    request.tenant = SimpleNamespace(
        name="Gmina Gogolin", county="powiat krapkowicki", is_open=True
    )
    request.account, request.access = _Account(), access
    return render_to_string("base.html", {}, request)


def test_the_header_says_where_one_is_and_as_whom() -> None:
    page = _page_in_a_tenant(_Access())
    for words in ("Gmina Gogolin", "powiat krapkowicki", "Anna Wzorowa", "Lider, OPS Gogolin"):
        assert words in page
    assert 'aria-label="Główna nawigacja">' in page


def test_a_stranger_sees_no_navigation_of_a_tenant() -> None:
    assert "Główna nawigacja" not in _page_in_a_tenant()
