"""PESEL and telephone numbers among all the other numbers that offices write."""

import re
from collections.abc import Iterator

from kooperacja.guard.kinds import Finding, Kind
from kooperacja.guard.known import Known, phone_digits

_RUN = re.compile(r"[0-9]+")
_GAP = re.compile(r"[ ./()-]{1,3}")
_NARROW_GAP = re.compile(r"[ -]{1,3}")
_BEFORE = 24  # letters in which a word that names a number stands

# --- What is none ------------------------------------------------------------------------------

_ACCOUNT = re.compile(r"(?<![0-9])[0-9]{2}(?:[ -]?[0-9]{4}){6}(?![0-9])")
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DATE = re.compile(
    rf"(?<![0-9])(?:{_DAY}([./-]){_MONTH}\1(?:[0-9]{{4}}|[0-9]{{2}})|"
    rf"(?:19|20)[0-9]{{2}}-{_MONTH}-{_DAY})(?![0-9])"
)
_HOURS = re.compile(r"(?<![0-9])[0-2]?[0-9][.:][0-5][0-9] ?- ?[0-2]?[0-9][.:][0-5][0-9](?![0-9])")
_CODE_AND_TOWN = re.compile(r"(?<![0-9-])[0-9]{2}-[0-9]{3}(?= [^\W\d_])")
_CHUNK = re.compile(r"\S+")
_LABEL = re.compile(
    r"(?:tel|telefon\w{0,4}|kom|komórk\w{0,3}|fax|faks\w{0,2})[.: ]{0,3}"
    r"(?:(?:kontaktow|komórkow|domow|stacjonarn)\w{1,3}[: ]{0,2})?(?:(?:nr|numer)[.: ]{0,3})?\Z",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"(?:NIP|REGON\w{0,2}|KRS|kont\w{1,2}|rachun\w{1,5}|sygn\w{0,7}|spraw\w{1,2}|znak\w{0,2}|poz|"
    r"faktur\w{1,2}|polis\w{1,2}|kwo\w{2,3}|dyplom\w{0,2}|działk\w{1,2}|RODO|ISBN)"
    r"[.: ]{0,3}(?:(?:nr|numer)[.: ]{0,3})?\Z",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r",[0-9]{1,2}(?![0-9])|[ ]?(?:zł|PLN|złot|euro|EUR|mln|mld|tys|%|m2|m²|szt|km|kg|osób|mieszk)",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r",? ?(?:wew(?:n?\.|nętrzny)?|w\.) ?[0-9]{1,5}", re.IGNORECASE)


def _without(text: str, *shapes: re.Pattern[str]) -> str:
    """The text with what has one of these shapes blotted out, every place where it was."""
    for shape in shapes:
        text = shape.sub(lambda found: "\0" * len(found[0]), text)
    return text


def _blot_sign(found: re.Match[str]) -> str:
    chunk = found[0]
    parts = re.split(r"[./_-]+", chunk.strip("().,;:"))
    is_sign = len(parts) > 2 and any(map(str.isdigit, parts)) and len(parts[0]) > 1
    letters = parts[0].isalpha() and not _LABEL.search(parts[0]) and "@" not in chunk
    return "\0" * len(chunk) if is_sign and letters else chunk


def _without_signs(text: str) -> str:
    """The text without signs of cases: OPS.0719.7.2026."""
    return _CHUNK.sub(_blot_sign, text)


Runs = list[re.Match[str]]


def _clusters(text: str, gap: re.Pattern[str], least: int) -> Iterator[Runs]:
    """Runs of digits that only a sign or two part, so many together."""
    cluster: Runs = []
    count = 0
    for run in _RUN.finditer(text):
        if cluster and not gap.fullmatch(text, cluster[-1].end(), run.start()):
            if count >= least:
                yield cluster
            cluster, count = [], 0
        cluster.append(run)
        count += run.end() - run.start()
    if count >= least:
        yield cluster


def _windows(cluster: Runs, total: int, most: int) -> Iterator[Runs]:
    """Neighbours that have so many digits together; from each run on there is one at most."""
    for first in range(len(cluster)):
        count, last = 0, first
        while last < len(cluster) and last - first < most and count < total:
            count += len(cluster[last][0])
            last += 1
        if count == total:
            yield cluster[first:last]


def _digits(runs: Runs) -> str:
    return "".join(run[0] for run in runs)


def _is_inside(text: str, start: int, end: int) -> bool:
    """A part of a longer word or number."""
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    return before[-1:].isalpha() or after.isalpha() or bool(re.fullmatch(r"[0-9],", before))


# --- PESEL -------------------------------------------------------------------------------------

_PESEL_LABEL = re.compile(r"PESEL\w{0,3}[ :.,-]{0,4}(?:(?:nr|numer)[.: ]{0,3})?\Z", re.IGNORECASE)
_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_checked(digits: str) -> bool:
    """The last digit of a PESEL fits the others."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return (total + int(digits[10])) % 10 == 0


def has_birthday(digits: str) -> bool:
    """It begins with the birthday of somebody who may live: 1900 to 2039."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if month > 20:
        month -= 20
        if year > 39:
            return False
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def pesels(text: str) -> Iterator[Finding]:
    """Numbers that are a PESEL, or one with a slip of a finger."""
    plain = _without(text, _ACCOUNT)
    for cluster in _clusters(plain, _NARROW_GAP, 11):
        for runs in _windows(cluster, 11, 11):
            start, end = runs[0].start(), runs[-1].end()
            if _is_pesel(plain, runs):
                yield Finding(start, end, Kind.PESEL, text[start:end])


def _is_pesel(text: str, runs: Runs) -> bool:
    start, digits = runs[0].start(), _digits(runs)
    if _PESEL_LABEL.search(text[max(0, start - _BEFORE) : start]):
        return True
    if not has_birthday(digits) or text[max(0, start - 2) : start].endswith(("+", "00")):
        return False
    return len(runs) == 1 or is_checked(digits)


# --- Telephones --------------------------------------------------------------------------------

_SPLITS = {
    *((9,), (3, 3, 3), (2, 3, 2, 2), (2, 2, 2, 3), (2, 2, 3, 2), (3, 2, 2, 2)),
    *((2, 7), (3, 6), (2, 3, 4), (3, 2, 4), (3, 4, 2), (2, 4, 3), (5, 4), (4, 5), (6, 3)),
}
_FREE = ("800", "801", "116")  # help lines, which are nobody's


def phones(text: str, known: Known) -> Iterator[Finding]:
    """Numbers of telephones that are not public."""
    plain = _without_signs(_without(text, _ACCOUNT, _DATE, _HOURS, _CODE_AND_TOWN))
    for cluster in _clusters(plain, _GAP, 7):
        for runs in _apart(_numbers(plain, cluster)):
            digits = phone_digits(_digits(runs))
            if digits in known.phones or digits.startswith(_FREE):
                continue
            start, end = runs[0].start(), runs[-1].end()
            if extension := _EXTENSION.match(text, end):
                end = extension.end()
            before = text[max(0, start - 1) : start]
            if before == "+" or (before == "(" and ")" in text[start:end]):
                start -= 1
            yield Finding(start, end, Kind.PHONE, text[start:end])


def _numbers(text: str, cluster: Runs) -> Iterator[Runs]:
    start = cluster[0].start()
    before = text[max(0, start - _BEFORE) : start]
    whole = _digits(cluster)
    is_named = bool(_LABEL.search(before.rstrip("(+"))) and 7 <= len(whole) <= 15
    is_abroad = before.endswith("+") and 9 <= len(whole) <= 15
    if is_named or is_abroad:
        yield cluster
        return
    if _OTHER_LABEL.search(before):
        return
    for total in (9, 10, 11, 13):
        for runs in _windows(cluster, total, 6):
            if _is_number(text, runs, total):
                yield runs


def _is_number(text: str, runs: Runs, total: int) -> bool:
    digits, lengths = _digits(runs), tuple(len(run[0]) for run in runs)
    start, end = runs[0].start(), runs[-1].end()
    if _is_inside(text, start, end) or _AMOUNT.match(text, end):
        return False
    if total == 9:
        return digits[0] != "0" and lengths in _SPLITS
    if total == 10:
        return digits[0] == "0" and digits[1] != "0" and len(runs) < 6
    if total == 11:
        return digits.startswith("48") and lengths[0] == 2 and lengths[1:] in _SPLITS
    return digits.startswith("0048")


def _apart(numbers: Iterator[Runs]) -> Iterator[Runs]:
    """Numbers that do not overlap; of two that do, the longer one counts."""
    by_length = sorted(numbers, key=lambda runs: -len(_digits(runs)))
    taken: set[int] = set()
    for runs in by_length:
        places = {run.start() for run in runs}
        if not places & taken:
            taken |= places
            yield runs
