"""A paper as a page of HTML, which print.css shapes and WeasyPrint makes into a tagged PDF."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, singledispatch
from typing import Any

from django.utils.html import escape, linebreaks
from jinja2 import Template
from markupsafe import Markup

from kooperacja.documents import parts as p
from kooperacja.documents.papers import Paper
from kooperacja.documents.word import sandbox

_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_LETTERHEAD = (
    '<header class="letterhead"><p class="office">{{ lead.name }}</p>'
    "{% if lead.address %}<p>{{ lead.address }}</p>{% endif %}"
    "{% if lead.contact %}<p>{{ lead.contact }}</p>{% endif %}</header>"
)


def page_of(paper: Paper, context: Mapping[str, Any]) -> str:
    """The page of a paper, filled."""
    return _template(paper).render(context)


@cache
def _template(paper: Paper) -> Template:
    environment = sandbox()
    environment.filters["paragraphs"] = _paragraphs
    return environment.from_string(_page(paper))


def _page(paper: Paper) -> str:
    has_lead = "lead" in paper.example
    author = '<meta name="author" content="{{ lead.name }}">' if has_lead else ""
    looks = {"wide": paper.is_wide, "packed": paper.encloses, "large": paper.is_large}
    named = " ".join(name for name, is_so in looks.items() if is_so)
    look = f' class="{named}"' if named else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{_text(paper.lang)}"><head><meta charset="utf-8">'
        f"<title>{_text(paper.title)}</title>{author}</head>\n<body{look}>"
        f"{_LETTERHEAD if has_lead else ''}\n"
        f'<main data-short="{_text(paper.short)}">\n{_all(paper.parts)}\n</main></body></html>'
    )


def _all(parts: Iterable[p.Part]) -> str:
    return "\n".join(map(_html, parts))


def _text(text: str) -> str:
    """A text whose words are escaped and whose fields are left to be filled."""
    pieces = _TAG.split(text)
    escaped = "".join(piece if piece.startswith("{") else escape(piece) for piece in pieces)
    return _BOLD.sub(r"<strong>\1</strong>", escaped).replace("\n", "<br>")


def _paragraphs(text: str) -> Markup:
    return Markup(linebreaks(text, autoescape=True))  # noqa: S704 - it escapes


@singledispatch
def _html(part: p.Part) -> str:
    raise TypeError(f"a page has no {part}")


@_html.register
def _title(part: p.Title) -> str:
    return f'<h1><span class="above">{_text(part.text)}</span> {_text(part.below)}</h1>'


_WORDS = {
    p.Heading: "<h2>{}</h2>",
    p.Subheading: "<h3>{}</h3>",
    p.Note: '<p class="note">{}</p>',
    p.Centred: '<p class="centred">{}</p>',
    p.Text: "<p>{}</p>",
}


@_html.register
def _words(part: p.Words) -> str:
    return _WORDS[type(part)].format(_text(part.text))


@_html.register
def _opening(part: p.Opening) -> str:
    return f'<div class="opening"><p>{_text(part.left)}</p><p>{_text(part.right)}</p></div>'


@_html.register
def _prose(part: p.Prose) -> str:
    return f"{{{{ {part.field}|paragraphs }}}}"


@_html.register
def _numbered(part: p.Numbered) -> str:
    return f"<ol>{''.join(f'<li>{_text(item)}</li>' for item in part.items)}</ol>"


@_html.register
def _clause(part: p.Clause) -> str:
    number = f'<span class="number">{_text(part.number)}</span>'
    return f'<p class="clause depth-{part.depth}">{number} {_text(part.text)}</p>'


@_html.register
def _facts(part: p.Facts) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_text(label)}</th><td>{p.shown(value)}</td></tr>'
        for label, value in part.rows.items()
    )
    return f'<table class="facts">{rows}</table>'


@_html.register
def _facts_of(part: p.FactsOf) -> str:
    clause = f'<td class="clause-of">{p.shown(part.clause)}</td>' if part.clause else ""
    row = f"<tr>{_fact(part.label, part.value)}{clause}</tr>"
    return f'<table class="facts">{_repeated(part.each, row)}</table>'


@_html.register
def _fact_pairs(part: p.FactPairs) -> str:
    row = f"<tr>{_fact(*part.first)}{_fact(*part.second)}</tr>"
    return f'<table class="facts pairs">{_repeated(part.each, row)}</table>'


def _fact(label: str, value: str) -> str:
    return f'<th scope="row">{p.shown(label)}</th><td>{p.shown(value)}</td>'


@_html.register
def _table(part: p.Table) -> str:
    head = "".join(
        f'<th scope="col" style="width: {column.width}mm">{_text(column.label)}</th>'
        for column in part.columns
    )
    cells = "".join(f"<td>{_text(p.shown(column.value))}</td>" for column in part.columns)
    rows = _repeated(part.each, f"<tr>{cells}</tr>")
    look = "rows small" if part.is_small else "rows"
    return f'<table class="{look}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


@_html.register
def _signature(part: p.Signature) -> str:
    name = position = ""
    if part.person:
        name = f"{{% if {part.person} %}}{{{{ {part.person}.name }}}}{{% endif %}}"
        position = (
            f"{{% if {part.person} and {part.person}.position %}}"
            f"<p>{{{{ {part.person}.position }}}}</p>{{% endif %}}"
        )
    caption = f'<p class="caption">{_text(part.caption)}</p>'
    return f'<div class="signature"><p class="line">{name}</p>{position}{caption}</div>'


@_html.register
def _signatures(part: p.Signatures) -> str:
    return f'<div class="signatures">{_all(part.parts)}</div>'


_HEADED = {p.Box: "box", p.Whole: "whole", p.NewPage: "new-page"}


@_html.register
def _headed(part: p.Headed) -> str:
    inside = f"<h2>{_text(part.heading)}</h2>{_all(part.parts)}"
    return f'<section class="{_HEADED[type(part)]}">{inside}</section>'


@_html.register
def _each(part: p.Each) -> str:
    return _repeated(part.each, _all(part.parts))


@_html.register
def _cases(part: p.Cases) -> str:
    cases = "".join(f"{{% {command} %}}{_all(parts)}" for command, parts in p.commands(part))
    return f"{cases}{{% endif %}}"


def _repeated(each: str, inside: str) -> str:
    return f"{{% for {each} %}}{inside}{{% endfor %}}"
