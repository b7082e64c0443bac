"""Polish in numbers, dates, type and order, alike in Python and in any PostgreSQL.

Order and search do not lean on the server's locale: the embedded PostgreSQL has no ICU, and
`unaccent` is not immutable, so no index could be built on it. Both are one `translate()`,
made from the same table as the Python functions.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Collate
from django.utils import timezone
from django.utils.formats import date_format

NBSP = "\N{NO-BREAK SPACE}"
ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
MONTHS = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
]

# --- Numbers and dates -----------------------------------------------------------------------


def plural_pl(n: float | Decimal, one: str, few: str, many: str) -> str:
    """The form of a noun after a number: 1 gmina, 2 gminy, 5 gmin, 12 gmin, 22 gminy."""
    if n != int(n):
        return many
    count = abs(int(n))
    if count == 1:
        return one
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return few
    return many


def number(n: float | Decimal) -> str:
    """A number as an office writes it: 12 480 or 3,5."""
    return f"{n:,}".replace(",", NBSP).replace(".", ",")


def counted(n: float | Decimal, one: str, few: str, many: str) -> str:
    """A number with its noun, never parted at the end of a line."""
    return f"{number(n)}{NBSP}{plural_pl(n, one, few, many)}"


def past_due(due: date, day: date) -> str:
    """The words that a thing still to be done is late, and by how much; none until its day is over."""
    days = (day - due).days
    return f"po terminie ({counted(days, 'dzień', 'dni', 'dni')})" if days > 0 else ""


def localtime(moment: datetime) -> datetime:
    """The moment in Polish time; as it stands where the calendar ends before it gets there."""
    try:
        return timezone.localtime(moment)
    except OverflowError:
        return moment.replace(tzinfo=None)


def pl_date(day: date | None) -> str:
    """3 marca 2026 r.; a moment is taken in Polish time."""
    if day is None:
        return ""
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = localtime(day)
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}{NBSP}r."


def pl_date_in_column(day: date | None) -> str:
    """The same date, which a narrow column may break before the year."""
    before, _, year = pl_date(day).removesuffix(f"{NBSP}r.").rpartition(NBSP)
    return f"{before} {year}{NBSP}r." if day else ""


def unbroken(text: str) -> str:
    """The same text, of which no number breaks between its groups of digits."""
    return re.sub(r"(?<=\d) (?=\d)", NBSP, text)


def pl_datetime(moment: datetime | None) -> str:
    """3 marca 2026 r., godz. 14:05, in Polish time."""
    if moment is None:
        return ""
    local = localtime(moment) if timezone.is_aware(moment) else moment
    return f"{pl_date(local)}, godz.{NBSP}{local:%H:%M}"


def pl_month(month: date | None) -> str:
    """wrzesień 2026"""
    return f"{date_format(month, 'F').lower()}{NBSP}{month.year}" if month else ""


_IN_MONTHS = (
    *("styczniu", "lutym", "marcu", "kwietniu", "maju", "czerwcu"),
    *("lipcu", "sierpniu", "wrześniu", "październiku", "listopadzie", "grudniu"),
)


def pl_in_month(month: date) -> str:
    """w listopadzie 2026 r., we wrześniu 2026 r."""
    name = _IN_MONTHS[month.month - 1]
    return f"{'we' if name.startswith('wrz') else 'w'}{NBSP}{name}{NBSP}{month.year}{NBSP}r."


def pl_of_month(month: date) -> str:
    """listopada 2026 r."""
    return f"{MONTHS[month.month - 1]}{NBSP}{month.year}{NBSP}r."


def stopped(sentence: str) -> str:
    """A sentence with its full stop, one even after a date or "sp. z o.o."."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def paragraph(name: object, title: object) -> str:
    """The heading of a § as acts write it in one line: § 1. Postanowienia ogólne."""
    return f"{name}. {title}"


def with_place(title: str, place: str) -> str:
    """A title and the unit it is about, whose own name the title may already end with."""
    before, dash, last = title.rpartition(" – ")
    named = {place, place.partition(",")[0], *_ends(place)}
    what = before if dash and last in named else title
    return " – ".join(part for part in (what, place) if part)


def _ends(name: str) -> list[str]:
    """Gmina wiejska Nowa Ruda ends with Nowa Ruda, which may stand for it."""
    words = name.split()
    return [" ".join(words[begin:]) for begin in range(1, len(words))]


def quoted(name: object) -> str:
    """A name in quotation marks; those that stand in it become inner ones: „Dom «Wzór»”."""
    return f"„{str(name).translate(_INNER)}”"


_INNER = str.maketrans("„”", "«»")
_HANGING = re.compile(r"(?:(?<=[\s\u00a0(„])|^)([aiouwzAIOUWZ])[ \n]+(?=\S)")
ABBREVIATED = r"(?:§|\b(?:[Nn]r|ust\.|pkt|[Aa]rt\.|godz\.|str\.|lit\.|ds\.))"
_ABBREVIATED = re.compile(rf"({ABBREVIATED}) (?=\w)")
_UNITS = (
    r"r\.|ust\.|lit\.|pkt\b|%|[kMG]B\b|zł\b|dni\w?\b|lata?\b|(?:godzin|minut|sekund|miesi[ąę]c)\w*"
)
_MONTH = "|".join(MONTHS)
_AFTER_NUMBER = re.compile(rf"(?<=\d) (?={_UNITS}|(?:{_MONTH})\b)")
_WHOLE_DATE = re.compile(rf"(?<=\d{NBSP})({_MONTH}){NBSP}(?=\d{{4}}\b)")
_YEAR = re.compile(rf"(?<=\d[ \u00a0])({_MONTH}) (?=\d{{4}}\b)")


def typo(text: str) -> str:
    """No single-letter word hangs at the end of a line, no number parts from its sign."""
    text = _HANGING.sub(rf"\1{NBSP}", text)
    text = _ABBREVIATED.sub(rf"\1{NBSP}", text)
    text = _YEAR.sub(rf"\1{NBSP}", text)
    return _AFTER_NUMBER.sub(NBSP, text)


def typo_in_narrow(text: str) -> str:
    """The same where a date may be wider than its line: there it breaks before its year."""
    return _WHOLE_DATE.sub(r"\1 ", typo(text))


def in_narrow(text: str) -> str:
    """The same, and no other space of the text holds its words together."""
    return typo_in_narrow(text.replace(NBSP, " "))


# --- Order and search ------------------------------------------------------------------------

_SEPARATOR = "\x01"
_MARKS = "".join(map(chr, range(0x300, 0x370)))
_IGNORED = "„”“\"«»'’‘\u00ad" + _SEPARATOR + _MARKS
_NOT_DECOMPOSED = {
    "đ": "d", "ø": "o", "æ": "a", "œ": "o", "ß": "s", "þ": "t", "ð": "d", "ħ": "h", "ı": "i",
    "ĸ": "k", "ŋ": "n", "ŧ": "t", "ŉ": "n", "ĳ": "i", "ŀ": "l", "ſ": "s", "ł": "l",
}  # fmt: skip
# Each letter's place, written in characters above every digit and sign that names hold.
_PLACE = {letter: chr(0x100 + place) for place, letter in enumerate(ALPHABET)}


def _base(letter: str) -> str:
    return _NOT_DECOMPOSED.get(letter) or unicodedata.normalize("NFD", letter)[0]


def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Letter → place and letter → plain letter; the commonest first, as translate() looks."""
    order: dict[str, str] = {" ": " ", NBSP: " "}
    plain: dict[str, str] = {" ": " ", NBSP: " "}
    foreign = [chr(code) for code in range(0xC0, 0x180) if chr(code).isalpha()]
    common = "aieonzrwsctykdpmlujłgbhfqvx" + "ąęóśżćńź"
    letters = dict.fromkeys([*common, *common.upper(), *"0123456789-", *foreign])
    for letter in letters:
        lower = {"İ": "i", "ẞ": "ß"}.get(letter, letter.lower())
        if not lower.isalpha():
            order[letter] = plain[letter] = letter
            continue
        plain[letter] = _base(lower)
        order[letter] = _PLACE.get(lower) or _PLACE[plain[letter]]
    order["–"] = plain["–"] = "-"
    return order, plain


_ORDER, _PLAIN = _tables()


def _strings(table: dict[str, str]) -> tuple[str, str]:
    return "".join(table) + _IGNORED, "".join(table.values())


_ORDER_SQL, _PLAIN_SQL = _strings(_ORDER), _strings(_PLAIN)
_DELETED = dict.fromkeys(_IGNORED)
_ORDER_MAP = str.maketrans({**_ORDER, **_DELETED})
_PLAIN_MAP = str.maketrans({**_PLAIN, **_DELETED})


def sort_key(text: str) -> str:
    """The key under which Python sorts as PostgreSQL does by `polish_order`."""
    return f"{text.translate(_ORDER_MAP)}{_SEPARATOR}{text}"


def fold(text: str) -> str:
    """Small letters without diacritics, quotes and joined marks: what a search compares."""
    return text.translate(_PLAIN_MAP)


class _Joined(Func):
    """a || b || c, null where any of them is."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


class Translate(Func):
    """PostgreSQL's translate(): one character for another, the rest of the list deleted."""

    function = "translate"
    output_field = TextField()

    def __init__(self, text: str | Combinable, source: str, target: str, **extra: Any) -> None:
        super().__init__(_text(text), Value(source), Value(target), **extra)


class Fold(Translate):
    """`fold()` in the database: annotate, then filter with `__contains=fold(query)`."""

    def __init__(self, text: str | Combinable, **extra: Any) -> None:
        super().__init__(text, *_PLAIN_SQL, **extra)


def _text(expression: str | Combinable) -> Cast:
    return Cast(F(expression) if isinstance(expression, str) else expression, TextField())


def polish_order(expression: str | Combinable) -> Collate:
    """An expression for order_by() that sorts as a Polish dictionary does: ą after a, ł after l.

    Quotation marks are passed over, case decides between equals; add "pk" behind it.
    """
    key = Translate(expression, *_ORDER_SQL)
    return Collate(_Joined(key, Value(_SEPARATOR), _text(expression)), "C")


_KINDS_OF_GMINA = ("miejska", "wiejska", "miejsko-wiejska")


def locative_of_unit(name: str) -> str:
    """The form after "w": gminie miejsko-wiejskiej Gogolin, powiecie krapkowickim, mieście Opole."""
    kind, _, rest = name.partition(" ")
    if kind.lower() == "gmina":
        return f"gminie {_of_gmina(rest)}"
    if kind.lower() == "powiat":
        return "powiecie " + " ".join(f"{adjective}m" for adjective in rest.split())
    return f"mieście {_city(name)}"


def genitive_of_unit(name: str) -> str:
    """The form after "obszar": gminy miejsko-wiejskiej Gogolin, powiatu krapkowickiego."""
    kind, _, rest = name.partition(" ")
    if kind.lower() == "gmina":
        return f"gminy {_of_gmina(rest)}"
    if kind.lower() == "powiat":
        return "powiatu " + " ".join(f"{one.removesuffix('y')}ego" for one in rest.split())
    return f"miasta {_city(name)}"


def _of_gmina(rest: str) -> str:
    """The kind of a gmina, if it is said, declined; its own name stays as it is."""
    kind, _, own = rest.partition(" ")
    return f"{kind.removesuffix('a')}iej {own}" if kind.lower() in _KINDS_OF_GMINA else rest


def _city(name: str) -> str:
    kind, _, own = name.partition(",")[0].partition(" ")
    return own if kind.lower() == "miasto" and own else name.partition(",")[0]
