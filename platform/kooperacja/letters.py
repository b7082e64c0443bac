"""Letters: mail written once as text in templates/emails, and its HTML twin made from it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template import Context
from django.template.loader import get_template

from kooperacja.ui.links import link
from kooperacja.ui.polish import with_place
from kooperacja.ui.text import tidy_line, visible

SUBJECT_LENGTH, PLACE_LENGTH = 130, 45
# Stands above a letter that may be answered, so that the answer is told from what it quotes.
ANSWER_ABOVE = "Odpowiedź wpisz nad tą linią"
ASK = "W razie pytań zwróć się do administratora swojej jednostki albo do koordynatora ROPS."
WHY_HERE = (
    "Ta wiadomość przyszła na ten adres, bo masz konto w Kooperacji albo podano go w tej jednostce "
    "do kontaktu."
)
WHY_ACCOUNT = (
    "Ta wiadomość przyszła na ten adres, bo masz konto w Kooperacji albo ktoś go w niej podał."
)
Link = tuple[str, str]  # its words and its address
_AT_THE_END = " .,;:–-(„"


@dataclass(frozen=True, slots=True)
class Letter:
    """The subject of one mail and its two bodies."""

    subject: str
    text: str
    html: str


def letter(
    name: str,
    context: dict[str, Any],
    *,
    title: str,
    subject: str = "",
    place: str = "",
    links: Sequence[Link],
    groups: Sequence[tuple[str, Sequence[Link]]] = (),
    ask: str = ASK,
    answered: str = "",
) -> Letter:
    """The mail whose sentences stand in templates/emails/<name>.txt, an empty line between two.

    `links` are the words and the address of each page to go to; the first is a button. Before them
    stand `groups` of such links, each under its heading. A tenant's mail names it as its `place`
    and leads to the office's own address; others say whom to `ask`. One that may be answered says
    in `answered` what becomes of the answer.
    """
    frame = {
        "title": tidy_line(title),
        "place": tidy_line(place),
        "paragraphs": _paragraphs(_plain(f"emails/{name}.txt", context)),
        "links": _whole(links),
        "groups": [(tidy_line(heading), _whole(lines)) for heading, lines in groups],
        "contact": urljoin(settings.SITE_URL, link("join")) if place else "",
        "why": WHY_HERE if place else WHY_ACCOUNT,
        "ask": tidy_line(ask),
        "answered": tidy_line(answered),
        "answer_above": ANSWER_ABOVE if answered else "",
        "site_url": settings.SITE_URL,
    }
    return Letter(
        subject=subject_line(subject or title, place),
        text=_plain("emails/_layout.txt", frame).strip() + "\n",
        html=get_template("emails/_layout.html").render(frame),
    )


def _whole(links: Sequence[Link]) -> list[Link]:
    return [(tidy_line(words), urljoin(settings.SITE_URL, url)) for words, url in links]


def subject_line(title: str, place: str = "") -> str:
    """One line for a list of mail; of a long one the beginning and the place are kept."""
    where = _cut(place, PLACE_LENGTH)
    what = _cut(title, SUBJECT_LENGTH - len(where) - len(" – "))
    return with_place(what, where)


def _cut(text: str, most: int) -> str:
    """A line of at most so many signs, cut at a word unless that word is very long."""
    line = tidy_line(text.replace("\0", ""))
    if len(line) <= most:
        return line
    whole = line[: most - 1]
    words = whole if line[most - 1] == " " else whole.rpartition(" ")[0]
    kept = words if len(words) > most // 2 else whole
    return kept.rstrip(_AT_THE_END) + "…"


def _plain(template: str, context: dict[str, Any]) -> str:
    """A text is no HTML, so nothing in it is escaped; the HTML twin escapes all of it."""
    source: Any = get_template(template)
    return str(source.template.render(Context(context, autoescape=False)))


def _paragraphs(body: str) -> list[str]:
    lines = "\n".join(visible(line).strip() for line in body.splitlines())
    return [part.strip() for part in re.split(r"\n{2,}", lines) if part.strip()]
