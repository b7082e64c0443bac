"""Tells what somebody wrote in an answer from what their program quoted below or above it.

Programs quote in many ways and none of them says so. What is cut too little shows a quotation to
all; what is cut too much loses words. So only what is known for a quotation goes.
"""

import re

from kooperacja.letters import ANSWER_ABOVE

_MOST_WRAPPED = 3  # lines over which a program breaks the line that begins a quotation
_QUOTED = re.compile(r"\s*>")
_MARK = re.compile(re.escape(ANSWER_ABOVE), re.IGNORECASE)
_SIGNATURE = "--"
# W dniu 12.03.2026 o 10:15, OPS pisze: | pt., 13 mar 2026 o 10:15 OPS <a@b.pl> napisał(a):
_SAYS = re.compile(
    r"(?:W dniu|Dnia|On|Am|pon\.|wt\.|śr\.|czw\.|pt\.|sob\.|niedz\.|\d{1,2}[./ ])"
    r".{0,300}(?:pisze|napisał(?:\(a\)|a|o)?|wrote|schrieb\b.{0,100}):",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"[-_=\s]{0,40}(?:Original Message|Oryginalna wiadomość|Wiadomość oryginalna"
    r"|Treść oryginalnej wiadomości|Wiadomość napisana przez .{1,200}"
    r"|Forwarded message|Wiadomość przekazana dalej)[-_=:\s]{0,40}",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:Od|From|Nadawca)\*?:\*? ?\S.*", re.IGNORECASE)
_HEADER = re.compile(
    r"\*?(?:Wysłano|Data|Do|DW|Temat|Sent|Date|To|Cc|Subject)\*?:\*?(?:\s.*)?", re.IGNORECASE
)
_RULE = re.compile(r"[-_=]{5,}")


def own_words(text: str) -> str:
    """The text without its quotations and its signature."""
    lines = _above_mark([line.rstrip() for line in text.splitlines()])
    lines = _without_headers(lines)
    kept: list[str] = []
    for place, line in enumerate(lines):
        if line == _SIGNATURE and not any(map(_QUOTED.match, lines[place:])):
            break
        if _QUOTED.match(line):
            _drop_beginning(kept)
            continue
        kept.append(line)
    _drop_beginning(kept)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _above_mark(lines: list[str]) -> list[str]:
    """Whatever stands above the mark that our own letters begin with; all where there is none.

    Whoever writes below what they quote has nothing of their own above it.
    """
    at = next((place for place, line in enumerate(lines) if _MARK.search(line)), None)
    if at is None:
        return lines
    above = lines[:at]
    is_answered_below = _QUOTED.match(lines[at]) and not own_words("\n".join(above))
    return lines if is_answered_below else above


def _without_headers(lines: list[str]) -> list[str]:
    """Without the letter that stands below its headers, or below a line that announces it."""
    for place, line in enumerate(lines):
        stripped = line.strip()
        if _OLD.fullmatch(stripped):
            return lines[:place]
        if _FROM.fullmatch(stripped) and _are_headers(lines[place + 1 : place + 4]):
            is_ruled = place > 0 and _RULE.fullmatch(lines[place - 1].strip())
            return lines[: place - 1] if is_ruled else lines[:place]
    return lines


def _are_headers(following: list[str]) -> bool:
    return sum(bool(_HEADER.fullmatch(line.strip())) for line in following) >= 2


def _drop_beginning(kept: list[str]) -> None:
    """Drop the line, maybe broken into some, that says who wrote what is quoted next."""
    while kept and not kept[-1].strip(" ="):
        kept.pop()
    for count in range(1, _MOST_WRAPPED + 1):
        last = kept[-count:]
        if len(last) == count and _SAYS.fullmatch(" ".join(last).strip()):
            del kept[-count:]
            return
