"""The guide for users, docs/przewodnik.md, as pages: its sections, and the pages that each explains.

A heading is followed by a comment with the names of pages it explains, `<!-- regulation:* -->`;
of two that fit, the longer name counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

from kooperacja.ui.polish import fold, typo
from kooperacja.ui.search import is_matching

_HEADING = re.compile(r"^(##|###) +(.+)$", re.MULTILINE)
_PAGES = re.compile(r"^<!-- (.+) -->$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the guide; `pages` are the names of those it explains."""

    title: str
    source: str
    above: str  # the slug of the section it stands in, if any
    pages: tuple[str, ...]

    @property
    def slug(self) -> str:
        return slugify(fold(self.title.partition(" (")[0]))

    @property
    def html(self) -> SafeString:
        html = str(MarkdownIt("commonmark").render(typo(self.source)))
        return mark_safe(html)  # noqa: S308 - ours


@cache
def sections() -> tuple[Section, ...]:
    """All sections, in their order."""
    return tuple(_read((settings.ROOT / "docs" / "przewodnik.md").read_text()))


def _read(text: str) -> Iterator[Section]:
    _, *parts = _HEADING.split(text)
    above = ""
    for mark, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        found = _PAGES.search(body)
        pages = tuple(found[1].split()) if found else ()
        section = Section(title, _PAGES.sub("", body), above if mark == "###" else "", pages)
        above = section.slug if mark == "##" else above
        yield section


def section_of(slug: str) -> Section | None:
    return next((section for section in sections() if section.slug == slug), None)


def found(words: str) -> list[Section]:
    """Sections in which all the words stand, with diacritics or without."""
    return [one for one in sections() if is_matching(words, one.title, one.source)]


@cache
def explained_in(page: str) -> str:
    """The slug of the section that explains a page, by its name; none for one that none names."""
    fitting = [
        (len(pattern), section.slug)
        for section in sections()
        for pattern in section.pages
        if page == pattern or (pattern.endswith("*") and page.startswith(pattern[:-1]))
    ]
    return max(fitting, default=(0, ""))[1]
