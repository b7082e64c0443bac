"""The local basket: what a reader finds in it by everyday words and by what it is for (REG §3.3–3.4)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from tenants.baskets.facets import Here, Match, asked_by
from tenants.baskets.models.cards import Card
from tenants.baskets.said import Seen
from tenants.baskets.standing import changing, entries_on, is_silent, silent_cards
from tenants.baskets.wanted import Wanted
from tenants.services.finding import found
from tenants.services.visibility import Visibility
from tenants.services.vocabulary import vocabulary
from tenants.services.wording import Phrase, words_in


def seen_by(reach_for: Callable[[Card], Visibility], day: date) -> Iterator[Seen]:
    """Services of the basket that a reader may see, by how far they see on each card."""
    silent, told = silent_cards(), changing()
    for entry in entries_on(day):
        service = entry.service
        seen = Seen(
            entry,
            reach_for(service.card),
            day,
            is_silent=is_silent(service, silent),
            is_told=entry.service_id in told,
        )
        if seen.is_seen:
            yield seen


def chosen(all_seen: Iterable[Seen], wanted: Wanted, now: datetime) -> list[Seen]:
    """Those that were asked for, the best first; by name where no words were."""
    return [one.seen for one in matching(all_seen, wanted, Here(now)) if not one.fails]


def matching(all_seen: Iterable[Seen], wanted: Wanted, here: Here) -> list[Match]:
    """Those that the words mean, each against all else that was chosen.

    One that has a break is found by its name alone: it stands in the whole basket, and leaves it as
    soon as something is chosen.
    """
    asked = asked_by(wanted)
    matches = [Match(seen, wanted, here, asked) for seen in all_seen]
    if wanted.szukaj:
        return _by_words(matches, wanted.szukaj)
    if wanted.is_narrowed:
        return [one for one in matches if not one.seen.is_stopped]
    return matches


def _by_words(rows: Sequence[Match], phrase: str) -> list[Match]:
    """By what institutions wrote themselves first, then by the types that the words may mean."""
    kinds = {one.code: place for place, one in enumerate(found(phrase))}
    line = vocabulary().line
    seen = [one.seen for one in rows]
    names = [words_in(one.entry.name, one.entry.service.card.owner, one.town) for one in seen]
    wholes = [one | words_in(each.entry.about) for one, each in zip(names, seen, strict=True)]
    asked = Phrase(phrase, wholes)
    ranked: list[tuple[int, int, int, Match]] = []
    for place, (row, name, whole) in enumerate(zip(rows, names, wholes, strict=True)):
        meant = [kinds[code] for code in line(row.seen.entry.type_code) if code in kinds]
        if asked.is_in(name):
            ranked.append((-1, 0, place, row))
        elif row.seen.is_stopped:
            continue
        elif meant:
            ranked.append((min(meant), -asked.count_in(name), place, row))
        elif asked.is_in(whole):
            ranked.append((len(kinds), 0, place, row))
    return [row for *_, row in sorted(ranked, key=lambda one: one[:3])]
