"""What a page is built of, without its words: to tell without a browser whether anything is new."""

from collections import Counter
from html.parser import HTMLParser

_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
# Attributes whose value says what an element is; of others it counts that they are there.
_TELLING = ("class", "role", "type", "scope", "aria-sort", "aria-current", "aria-live", "tabindex")
_LANDMARKS = {"main", "nav", "header", "footer", "aside", "search"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# What must say something to be understood.
_SPEAKING = {
    "a",
    "button",
    "th",
    "label",
    "legend",
    "caption",
    "summary",
    "option",
    "dt",
    *_HEADINGS,
}


class Shape(HTMLParser):
    """Parts: each element as what it is and in what it stands; headings and landmarks in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: set[str] = set()
        self.ids: Counter[str] = Counter()
        self._open: list[list[str | bool]] = []  # tag, what it is, whether it says anything
        self._heading = ""
        self._landmarks: list[str] = []
        self.feed(html)
        self.parts.add("landmarks " + " ".join(self._landmarks))

    @property
    def repeated_ids(self) -> list[str]:
        return [name for name, count in self.ids.items() if count > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] += 1
        said = [f"{name}={given[name]}" for name in _TELLING if name in given]
        what = " ".join([tag, *said, *sorted(given.keys() - set(_TELLING))])
        if tag in _HEADINGS:
            self.parts.add(f"heading {self._heading} then {tag}")
            self._heading = tag
        if tag in _LANDMARKS:
            self._landmarks.append(what)
        speaks = bool(given.get("aria-label") or given.get("alt") or given.get("title"))
        if tag in _EMPTY:
            self._close(tag, what, speaks)
        else:
            self._open.append([tag, what, speaks])

    def handle_data(self, data: str) -> None:
        if data.strip():
            for element in self._open:
                element[2] = True

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, what, speaks = self._open.pop()
            self._close(str(name), str(what), bool(speaks))
            if name == tag:
                break

    def _close(self, tag: str, what: str, speaks: bool) -> None:
        stands_in = " < ".join(str(one[1]) for one in self._open[:-3:-1])
        silent = " (silent)" if tag in _SPEAKING and not speaks else ""
        self.parts.add(f"{what}{silent} < {stands_in}")
