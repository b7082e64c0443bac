"""The local basket: what a reader finds in it by everyday words and by what it is for (REG §3.3–3.4)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tenants.baskets.models.cards import Card
from tenants.baskets.said import Seen
from tenants.baskets.standing import changing, entries_on, silent_cards
from tenants.services.finding import found
from tenants.services.terms import is_for, is_on_site
from tenants.services.visibility import Visibility
from tenants.services.wording import Phrase, words_in


@dataclass(frozen=True, slots=True)
class Wanted:
    """The choices of a reader: words, kind of help, for whom, where, at what cost, when, in which place."""

    szukaj: str = ""
    dla: str = ""
    dziedzina: str = ""
    rodzaj: str = ""
    gdzie: str = ""
    miejscowosc: str = ""
    dostepnosc: str = ""
    koszt: str = ""
    jezyk: str = ""
    dzien: str = ""
    godzina: str = ""
    teraz: bool = False
    miejsca: bool = False


def seen_by(reach_for: Callable[[Card], Visibility], day: date) -> Iterator[Seen]:
    """Services of the basket that a reader may see, by how far they see on each card."""
    silent, told = silent_cards(), changing()
    for entry in entries_on(day):
        card = entry.service.card
        is_told = entry.service_id in told
        seen = Seen(entry, reach_for(card), day, is_silent=card.pk in silent, is_told=is_told)
        if seen.is_seen:
            yield seen


def chosen(all_seen: Iterable[Seen], wanted: Wanted, now: datetime) -> list[Seen]:
    """Those that were asked for, the best first; by name where no words were."""
    fitting = [one for one in all_seen if _fits(one, wanted, now)]
    return _by_words(fitting, wanted.szukaj) if wanted.szukaj else fitting


def _fits(seen: Seen, wanted: Wanted, now: datetime) -> bool:
    return (
        _is_kind(seen, wanted)
        and _is_there(seen, wanted)
        and _is_given_then(seen, wanted, now)
        and (not wanted.koszt or seen.entry.cost == wanted.koszt)
        and (not wanted.jezyk or wanted.jezyk in seen.entry.languages)
    )


def _is_kind(seen: Seen, wanted: Wanted) -> bool:
    kind, groups = seen.entry.type, seen.entry.groups
    return (
        (not wanted.dla or is_for(groups, wanted.dla))
        and (not wanted.dziedzina or (kind is not None and kind.area.code == wanted.dziedzina))
        and (not wanted.rodzaj or seen.entry.type_code == wanted.rodzaj)
    )


def _is_there(seen: Seen, wanted: Wanted) -> bool:
    """In the town, or where no town matters: whoever comes home or answers the telephone is there."""
    ways = seen.entry.ways
    return (
        (not wanted.gdzie or wanted.gdzie in ways)
        and (not wanted.miejscowosc or seen.town == wanted.miejscowosc or not is_on_site(ways))
        and (not wanted.dostepnosc or wanted.dostepnosc in seen.features)
    )


def _is_given_then(seen: Seen, wanted: Wanted, now: datetime) -> bool:
    entry = seen.entry
    hours = entry.opening
    has_begun = entry.valid_from is None or entry.valid_from <= seen.day
    is_given = has_begun and not entry.service.is_stopped(seen.day)
    day = int(wanted.dzien) if wanted.dzien else None
    minute = int(wanted.godzina) * 60 if wanted.godzina else None
    return (
        (not wanted.teraz or (is_given and hours is not None and hours.is_open(now)))
        and (not wanted.miejsca or (is_given and bool(entry.places) and entry.counts_on(seen.day)))
        and (
            (day is None and minute is None)
            or (hours is not None and hours.is_usually_open(day, minute))
        )
    )


def _by_words(rows: Sequence[Seen], phrase: str) -> list[Seen]:
    """By what institutions wrote themselves first, then by the types that the words may mean.

    One that has a break is found by its name alone.
    """
    kinds = {one.code: place for place, one in enumerate(found(phrase))}
    names = [words_in(seen.entry.name, seen.entry.service.card.owner, seen.town) for seen in rows]
    wholes = [one | words_in(seen.entry.about) for one, seen in zip(names, rows, strict=True)]
    asked = Phrase(phrase, wholes)
    ranked: list[tuple[int, int, int, Seen]] = []
    for place, (seen, name, whole) in enumerate(zip(rows, names, wholes, strict=True)):
        if asked.is_in(name):
            ranked.append((-1, 0, place, seen))
        elif seen.entry.service.is_stopped(seen.day):
            continue
        elif seen.entry.type_code in kinds:
            rank = kinds[seen.entry.type_code]
            ranked.append((rank, -asked.count_in(name), place, seen))
        elif asked.is_in(whole):
            ranked.append((len(kinds), 0, place, seen))
    return [seen for *_, seen in sorted(ranked, key=lambda one: one[:3])]
