"""The local basket: what a reader finds in it by everyday words and by what it is for (REG §3.3–3.4)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tenants.baskets.models.cards import Card
from tenants.baskets.said import Seen
from tenants.baskets.standing import changing, entries_on, silent_cards
from tenants.services.finding import found
from tenants.services.terms import is_for
from tenants.services.visibility import Visibility
from tenants.services.wording import Phrase, words_in


@dataclass(frozen=True, slots=True)
class Wanted:
    """The choices of a reader: words, for whom, where, at what cost, in which language, when."""

    szukaj: str = ""
    dla: str = ""
    dziedzina: str = ""
    gdzie: str = ""
    koszt: str = ""
    jezyk: str = ""
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
    one = seen.entry
    hours = one.opening
    has_begun = one.valid_from is None or one.valid_from <= seen.day
    is_given = has_begun and not one.service.is_stopped(seen.day)
    return all(
        (
            not wanted.dla or is_for(one.groups, wanted.dla),
            not wanted.dziedzina
            or (one.type is not None and one.type.area.code == wanted.dziedzina),
            not wanted.gdzie or wanted.gdzie in one.ways,
            not wanted.koszt or one.cost == wanted.koszt,
            not wanted.jezyk or wanted.jezyk in one.languages,
            not wanted.teraz or (is_given and hours is not None and hours.is_open(now)),
            not wanted.miejsca or (is_given and bool(one.places) and one.counts_on(now.date())),
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
