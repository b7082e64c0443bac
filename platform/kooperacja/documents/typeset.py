"""HTML of our own as tagged PDF (PDF/UA-1); nothing is fetched from anywhere."""

import logging
import re
from collections.abc import Mapping
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from kooperacja.ui.polish import typo_in_narrow

# It tells each step of each page at INFO.
PROGRESS = logging.getLogger("weasyprint.progress")
PROGRESS.setLevel(logging.WARNING)

_HERE = Path(__file__).parent
_FONTS = {f"font:{path.name}": path for path in (_HERE / "fonts").glob("*.ttf")}
_TAG_OR_STYLE = re.compile(r"(<(?:style|title)\b.*?</(?:style|title)>|<[^>]*>)", re.DOTALL)


class _OwnFontsOnly(URLFetcher):  # type: ignore[misc]
    """Knows the fonts by fixed names and no other address: no file, no host."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=[], fail_on_errors=True)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url not in _FONTS:
            raise ValueError("documents fetch nothing")
        return URLFetcherResponse(url, _FONTS[url].read_bytes(), {"Content-Type": "font/ttf"})


def pdf_of_html(html: str) -> bytes:
    fetcher, fonts = _OwnFontsOnly(), FontConfiguration()
    style = CSS(filename=_HERE / "print.css", font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=_typeset(html), base_url="", url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return pdf


def _typeset(html: str) -> str:
    """Polish typography in the words of a page, never in its tags."""
    parts = _TAG_OR_STYLE.split(html)
    return "".join(part if part.startswith("<") else typo_in_narrow(part) for part in parts)
