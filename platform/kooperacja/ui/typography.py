"""Spaces that do not break in the words of page templates, put as a template is read."""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

from kooperacja.ui.polish import ABBREVIATED, NBSP, typo

_RAW = "script|style|textarea|pre|code|title"
# What is no text: tags of Django, a page's title, comments, elements kept as written, tags.
_MARKUP = re.compile(
    r"({%-?\s*block title\s*%}.*?{%\s*endblock.*?%}|{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->"
    rf"|<(?:{_RAW})\b.*?</(?:{_RAW})>"
    r"|<[^<>{]*(?:{[{%].*?[%}]}[^<>{]*)*>)",
    re.DOTALL,
)
_BEFORE_MORE = re.compile(rf"((?:(?:(?<=[\s(„])|^)[aiouwzAIOUWZ]|{ABBREVIATED}))[ \n]+$")
_GOES_ON = re.compile(r"{[{%]|<(?:a|abbr|b|code|em|q|span|strong|time)\b")


class Loader(FilesystemLoader):
    """Reads the templates of pages; a letter says in HTML and in plain text the same."""

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        name = str(origin.template_name)
        is_page = name.endswith(".html") and not name.startswith("emails/")
        return typo_of_template(contents) if is_page else contents


def typo_of_template(source: str) -> str:
    """The source of a template with `typo` on its own words, whatever its variables say."""
    parts = _MARKUP.split(source)
    for place in range(0, len(parts), 2):
        after_value = place > 0 and parts[place - 1].startswith("{{")
        goes_on = place + 1 < len(parts) and _GOES_ON.match(parts[place + 1])
        parts[place] = _typo(parts[place], after_value=after_value, goes_on=bool(goes_on))
    return "".join(parts)


def _typo(text: str, *, after_value: bool, goes_on: bool) -> str:
    # A value may be a number, and a letter right behind it is no word.
    before = "0" if after_value else ""
    text = typo(before + text)
    return (_BEFORE_MORE.sub(rf"\1{NBSP}", text) if goes_on else text).removeprefix(before)
