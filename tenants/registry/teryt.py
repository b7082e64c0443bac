"""The official register of units (TERYT), kept dated and all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet, TextChoices
from django.utils import timezone

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import guarded
from kooperacja.ui.polish import counted, pl_date
from kooperacja.writes import one_at_a_time
from tenants.registry import directory
from tenants.registry.journal import note
from tenants.registry.models import Unit, UnitState
from tenants.registry.rules import VOIVODESHIPS, Impossible, UnitLevel, is_city_county
from tenants.registry.terc import Row, of_plain
from tenants.registry.terc_file import MAX_BYTES, FileRefused, Mistake, refused
from tenants.registry.workflow import RegionVerb

# Gminas are merged once in years; a newer file without more known units than this is cut short.
MAX_GONE = 3
_READER = "tenants.registry.terc_reader"


class What(TextChoices):
    """The effect of an import on a unit."""

    NEW = "NEW", "nowa"
    CHANGED = "CHANGED", "zmieniona"
    GONE = "GONE", "zniesiona"
    UNCHANGED = "UNCHANGED", "bez zmian"


@dataclass(frozen=True, slots=True)
class Change:
    """One unit: what was known of it, and what the file says (line 0: it says nothing)."""

    what: What
    line: int
    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The effects of an import, done or foreseen, unit by unit."""

    voivodeship: str
    as_of: date
    changes: tuple[Change, ...]
    is_news: bool  # a unit that is not as it was, or a later day

    def of(self, what: What) -> list[Change]:
        return [change for change in self.changes if change.what == what]

    @property
    def new(self) -> list[Change]:
        return self.of(What.NEW)

    @property
    def changed(self) -> list[Change]:
        return self.of(What.CHANGED)

    @property
    def unchanged(self) -> list[Change]:
        return self.of(What.UNCHANGED)

    @property
    def gone(self) -> list[Change]:
        return self.of(What.GONE)

    def __str__(self) -> str:
        return (
            f"stan na {pl_date(self.as_of)}: nowych {len(self.new)}, zmienionych "
            f"{len(self.changed)}, bez zmian {len(self.unchanged)}, zniesionych {len(self.gone)}"
        )


def candidates(voivodeship: str) -> QuerySet[Unit]:
    """The units of the region that may be tenants: its gminas and its powiaty."""
    return Unit.objects.filter(
        code__startswith=voivodeship,
        level__in=[UnitLevel.MUNICIPALITY, UnitLevel.COUNTY],
        is_gone=False,
    )


def read(data: bytes, *, voivodeship: str, by: Actor = SYSTEM) -> list[Row]:
    """The rows of the voivodeship in a file, read by a program with limits of its own."""
    if len(data) > MAX_BYTES:
        raise refused("plik jest większy niż 5 MB; rejestr kraju ma ich 0,3")
    try:
        facts, _ = guarded.run(_READER, data, {}, by=by)
    except guarded.TooHard:
        raise refused("pliku nie udało się odczytać, bo jest zbyt złożony") from None
    if mistakes := facts.get("mistakes"):
        raise FileRefused([Mistake(line, reason) for line, reason in mistakes])
    return _rows_of(of_plain(facts["rows"]), voivodeship)


def preview(rows: list[Row], *, voivodeship: str) -> ImportResult:
    """Foresee an import; writes nothing, refuses what the import would refuse."""
    return _compare(rows, _known(voivodeship), voivodeship)


def import_terc(path: Path, *, voivodeship: str, by: Actor = SYSTEM) -> ImportResult:
    """Import the file at a path; a wrong one is refused and nothing of it is kept."""
    with path.open("rb") as file:
        return import_data(file.read(MAX_BYTES + 1), voivodeship=voivodeship, by=by)


def import_data(data: bytes, *, voivodeship: str, by: Actor = SYSTEM) -> ImportResult:
    """Import a file's content; a wrong one is refused and nothing of it is kept."""
    rows = read(data, voivodeship=voivodeship, by=by)
    return import_rows(by=by, rows=rows, voivodeship=voivodeship)


def import_rows(*, by: Actor, rows: list[Row], voivodeship: str) -> ImportResult:
    """Import what was read in one transaction, one import at a time."""
    with transaction.atomic(using="shared"):
        one_at_a_time("registry.terc")
        known = _known(voivodeship)
        result = _compare(rows, known, voivodeship)
        if result.is_news:
            _write({row.code: row for row in rows}, known, result)
            note(by=by, verb=RegionVerb.REGISTER, about=str(result))
    directory.forget()
    return result


def _rows_of(rows: list[Row], voivodeship: str) -> list[Row]:
    if voivodeship not in VOIVODESHIPS:
        raise Impossible(f"Nie ma województwa o kodzie {voivodeship}.")
    kept = [row for row in rows if row.code[:2] == voivodeship and not row.is_partial]
    if not kept:
        name = VOIVODESHIPS[voivodeship].name
        raise refused(f"nie ma w nim województwa {voivodeship} ({name})")
    return kept


def _known(voivodeship: str) -> dict[str, Unit]:
    return {unit.code: unit for unit in Unit.objects.filter(code__startswith=voivodeship)}


def _level(code: str) -> UnitLevel:
    if len(code) == 2:
        return UnitLevel.VOIVODESHIP
    if len(code) == 6:
        return UnitLevel.MUNICIPALITY
    return UnitLevel.CITY_COUNTY if is_city_county(code) else UnitLevel.COUNTY


def _unit(row: Row) -> Unit:
    return Unit(
        code=row.code, level=_level(row.code), name=row.name, rodz=row.rodz, as_of=row.as_of
    )


def _compare(rows: list[Row], known: dict[str, Unit], voivodeship: str) -> ImportResult:
    changes = [_change(row, known.get(row.code)) for row in rows]
    named = {row.code for row in rows}
    changes += [
        Change(What.GONE, 0, unit.code, unit.label, "")
        for unit in known.values()
        if unit.code not in named and not unit.is_gone
    ]
    day = rows[0].as_of
    is_later = any(unit.as_of < day for unit in known.values() if not unit.is_gone)
    is_news = is_later or any(change.what != What.UNCHANGED for change in changes)
    result = ImportResult(voivodeship, day, tuple(changes), is_news)
    _refuse_out_of_time(result, known.values())
    if len(result.gone) > MAX_GONE:
        missing = counted(
            len(result.gone), "znanej jednostki", "znanych jednostek", "znanych jednostek"
        )
        raise refused(f"nie ma w nim {missing}, np. {result.gone[0].before} (pół pliku?)")
    return result


def _change(row: Row, unit: Unit | None) -> Change:
    after = _unit(row).label
    if unit is None:
        return Change(What.NEW, row.line, row.code, "", after)
    is_same = (unit.name, unit.rodz, unit.is_gone) == (row.name, row.rodz, False)
    what = What.UNCHANGED if is_same else What.CHANGED
    before = f"{unit.label} (zniesiona)" if unit.is_gone else unit.label
    return Change(what, row.line, row.code, before, after)


def _refuse_out_of_time(result: ImportResult, known: Iterable[Unit]) -> None:
    day = result.as_of
    if day > timezone.localdate():
        raise refused(f"STAN_NA {pl_date(day)} jeszcze nie nadszedł")
    newest = max((unit.as_of for unit in known), default=day)
    if day < newest:
        raise refused(f"jest z {pl_date(day)}, a rejestr zna już stan na {pl_date(newest)}")
    if day == newest and (different := result.changed + result.gone):
        first = different[0]
        reason = f"inaczej opisuje dzień {pl_date(day)}, który już wczytano ({first.before})"
        raise refused(reason, first.line)


def _write(rows: dict[str, Row], known: dict[str, Unit], result: ImportResult) -> None:
    new = [_unit(rows[change.code]) for change in result.new]
    Unit.objects.bulk_create(new)
    changed = [_updated(known[change.code], rows[change.code]) for change in result.changed]
    Unit.objects.bulk_update(changed, ["name", "rodz", "as_of", "is_gone"], batch_size=500)
    UnitState.objects.bulk_create(_state(unit, rows[unit.code]) for unit in [*new, *changed])
    Unit.objects.filter(code__in=[change.code for change in result.unchanged]).update(
        as_of=result.as_of
    )
    Unit.objects.filter(code__in=[change.code for change in result.gone]).update(is_gone=True)


def _updated(unit: Unit, row: Row) -> Unit:
    unit.name, unit.rodz, unit.as_of, unit.is_gone = (row.name, row.rodz, row.as_of, False)
    return unit


def _state(unit: Unit, row: Row) -> UnitState:
    return UnitState(
        unit=unit, name=row.name, rodz=row.rodz, name_extra=row.name_extra, valid_from=row.as_of
    )
