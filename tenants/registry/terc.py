"""The official register file (TERC): read whole, or refused with the line and the reason."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from itertools import islice
from typing import Any

from kooperacja.ui.polish import quoted
from tenants.registry.rules import (
    MUNICIPAL_RODZ,
    PARTIAL_RODZ,
    VOIVODESHIPS,
    Impossible,
    is_city_county,
)
from tenants.registry.terc_file import (
    COLUMNS,
    MAX_FIELD,
    MAX_MISTAKES,
    TOO_LONG,
    FileRefused,
    Mistake,
    numbered,
    refused,
)

# Gminas are founded once in years; a file with more is not the official one.
MAX_MORE = 10
_NUMBER = re.compile(r"[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAME = re.compile(r"[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż](?:[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż .,'()/-]{0,98}[^\s])?")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: a voivodeship, powiat, gmina or a part of a gmina."""

    line: int
    code: str  # WW, WWPP or WWPPGG
    rodz: str
    name: str
    name_extra: str
    as_of: date

    @property
    def is_partial(self) -> bool:
        """A town, a rural area, a district: a part of a gmina, never a unit of ours."""
        return self.rodz in PARTIAL_RODZ


def to_plain(rows: Iterable[Row]) -> list[list[Any]]:
    """Rows as JSON has them."""
    return [[*astuple(row)[:-1], row.as_of.isoformat()] for row in rows]


def of_plain(rows: Iterable[list[Any]]) -> list[Row]:
    """Rows that were kept as JSON."""
    return [
        Row(line, code, rodz, name, extra, date.fromisoformat(day))
        for line, code, rodz, name, extra, day in rows
    ]


def parse(data: bytes) -> list[Row]:
    """The rows of a file; FileRefused when any line of it is wrong or the file is cut short."""
    rows: list[Row] = []
    mistakes: list[Mistake] = []
    for number, fields in numbered(data):
        try:
            rows.append(_row(number, fields))
        except Impossible as reason:
            mistakes.append(Mistake(number, str(reason)))
            if len(mistakes) == MAX_MISTAKES:
                break
    if not rows and not mistakes:
        raise refused("nie ma w nim żadnej jednostki")
    mistakes = mistakes or _some(_contradictions(rows)) or _some(_gaps(rows))
    if mistakes:
        raise FileRefused(mistakes)
    return rows


def _some(mistakes: Iterator[Mistake]) -> list[Mistake]:
    return list(islice(mistakes, MAX_MISTAKES))


def _row(number: int, fields: list[str]) -> Row:
    if len(fields) > len(COLUMNS):
        raise Impossible("jest więcej niż 7 pól")
    if len(fields) != len(COLUMNS):
        raise Impossible(f"jest {len(fields)} pól zamiast 7 (ucięty wiersz?)")
    if any(len(field) > MAX_FIELD for field in fields):
        raise Impossible(TOO_LONG)
    woj, pow_, gmi, rodz, name, extra, as_of = fields
    code = _code(woj, pow_, gmi)
    _check_rodz(code, rodz)
    if not _NAME.fullmatch(name):
        raise Impossible(
            "nie ma nazwy" if not name.strip() else f"niemożliwa nazwa {quoted(name[:60])}"
        )
    _check_extra(code, rodz, name, extra)
    return Row(number, code, rodz, name, extra, _day(as_of))


def _code(woj: str, pow_: str, gmi: str) -> str:
    for label, value in (("WOJ", woj), ("POW", pow_), ("GMI", gmi)):
        if not (_NUMBER.fullmatch(value) or (value == "" and label != "WOJ")) or value == "00":
            hint = " (zgubione zero na początku?)" if re.fullmatch("[0-9]", value) else ""
            raise Impossible(f"{label} {quoted(value[:10])} nie jest dwiema cyframi{hint}")
    if woj not in VOIVODESHIPS:
        raise Impossible(f"nie ma województwa o kodzie {woj}")
    if gmi and not pow_:
        raise Impossible("gmina bez numeru powiatu")
    return woj + pow_ + gmi


def _check_rodz(code: str, rodz: str) -> None:
    if len(code) < 6:
        if rodz:
            raise Impossible(f"RODZ {quoted(rodz[:10])} przy województwie lub powiecie")
        return
    if rodz not in MUNICIPAL_RODZ and rodz not in PARTIAL_RODZ:
        raise Impossible(f"nieznany RODZ {quoted(rodz[:10])}")
    if rodz in MUNICIPAL_RODZ and is_city_county(code) and (code[4:], rodz) != ("01", "1"):
        raise Impossible("miasto na prawach powiatu jest jedną gminą miejską o numerze 01")


def _check_extra(code: str, rodz: str, name: str, extra: str) -> None:
    if len(extra) > 100:
        raise Impossible("za długa NAZWA_DOD")
    if len(code) == 2 and name.lower() != VOIVODESHIPS[code].name:
        raise Impossible(f"województwo {code} to {VOIVODESHIPS[code].name}, nie {quoted(name)}")
    if len(code) == 2:
        fits = extra == "województwo"
    elif len(code) == 4:
        fits = "na prawach powiatu" in extra if is_city_county(code) else extra == "powiat"
    else:
        kind = MUNICIPAL_RODZ.get(rodz)
        fits = kind is None or extra == kind or extra.startswith(f"{kind},")
    if not fits:
        raise Impossible(f"NAZWA_DOD {quoted(extra[:60])} nie zgadza się z kodem i RODZ")


def _day(text: str) -> date:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise Impossible(f"STAN_NA {quoted(text[:20])} nie jest dniem RRRR-MM-DD") from None


def _contradictions(rows: list[Row]) -> Iterator[Mistake]:
    """Lines that contradict each other."""
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        # A town and a rural area have the number of their gmina; two gminas never share one.
        key = (row.code, row.rodz if row.is_partial else "")
        if key in first:
            yield Mistake(row.line, f"jednostka {row.code} już była w wierszu {first[key]}")
        first.setdefault(key, row.line)
        if row.as_of != rows[0].as_of:
            yield Mistake(row.line, f"STAN_NA {row.as_of}, a w pierwszym wierszu {rows[0].as_of}")


def _gaps(rows: list[Row]) -> Iterator[Mistake]:
    """Lines that a whole file would have beside these."""
    codes = {row.code: row.rodz for row in rows if not row.is_partial}
    below = Counter(code[:-2] for code in codes if len(code) > 2)
    gminas = Counter(code[:2] for code in codes if len(code) == 6)
    for row in rows:
        code = row.code
        if row.is_partial and not _has_whole(row, codes):
            yield Mistake(row.line, f"część gminy ({PARTIAL_RODZ[row.rodz]}) bez samej gminy")
        elif len(code) > 2 and code[:-2] not in codes:
            what = "województwa" if len(code) == 4 else "powiatu"
            yield Mistake(row.line, f"jednostka {code} bez wiersza {what} {code[:-2]}")
        elif len(code) == 4 and not below[code]:
            yield Mistake(
                row.line, f"powiat {code} {quoted(row.name)} bez żadnej gminy (ucięty plik?)"
            )
        elif len(code) == 2 and (odd := _odd_number(code, below[code], gminas[code])):
            yield Mistake(row.line, f"województwo {row.name}: {odd}")


def _odd_number(code: str, powiaty: int, gminas: int) -> str:
    """The reason why a voivodeship can't have so many; none where it can."""
    known = VOIVODESHIPS[code]
    if powiaty < known.counties:
        return f"powiatów {powiaty}, a jest ich {known.counties} (pół pliku?)"
    for word, has, had in (
        ("powiatów", powiaty, known.counties),
        ("gmin", gminas, known.municipalities),
    ):
        if has > had + MAX_MORE:
            return f"{word} {has}, a w 2025 r. było ich {had} (inny plik niż urzędowy?)"
    return ""


def _has_whole(row: Row, codes: dict[str, str]) -> bool:
    if row.rodz in "45":
        return codes.get(row.code) == "3"
    return codes.get(f"{row.code[:4]}01") == "1"
