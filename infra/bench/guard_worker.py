"""Checks texts in a tenant: "text length words" gives ms, "names rounds" those of each name."""

import json
import random
import sys
import time
from statistics import median

from infra.bench.prepare import read

_STEMS = ("Wzor", "Lip", "Grab", "Jawor", "Brzoz", "Klon", "Olsz", "Wierzb", "Topol", "Kalin")
_ENDS = ("ow", "in", "ań", "ysz", "icz", "al", "on", "ar", "ędz", "usz")
NAMES = [f"{stem}{end}ska" for stem in _STEMS for end in _ENDS]


def main() -> None:
    from django.core.wsgi import get_wsgi_application

    get_wsgi_application()
    from kooperacja.tenancy.context import inside
    from tenants.registry import directory

    prefix = list(read("cookies"))[-1]
    tenant = next(one for one in directory.open_tenants() if one.prefix == prefix)
    with inside(tenant):
        fill(int(sys.argv[1]))
        known = plant()
        for line in sys.stdin:
            kind, _, rest = line.rstrip("\n").partition(" ")
            answer = of_text(rest) if kind == "text" else of_names(int(rest), known)
            print(json.dumps(answer), flush=True)


def fill(members: int) -> None:
    from tenants.people.models import Organisation
    from tests.factories.partnership import many_members

    if Organisation.objects.count() < members:
        many_members(members)


def plant() -> set[str]:
    """Half of the names stand in a table that knows clients."""
    from kooperacja.audit.models import Entry, Via

    known = set(random.Random(7).sample(NAMES, len(NAMES) // 2))  # noqa: S311
    for name in sorted(known):
        Entry.objects.create(verb="X", via=Via.CLI, actor_name="", object_label=f"rodzina {name}")
    return known


def _ms(text: str) -> float:
    from kooperacja.guard.checking import check

    began = time.perf_counter()
    check({"text": text})
    return 1000 * (time.perf_counter() - began)


def of_text(asked: str) -> float:
    length, _, words = asked.partition(" ")
    many = int(length)
    if words == "*":
        letters, chance = "abcdefghijklmnoprstuwyz", random.Random(1)  # noqa: S311
        made = ("".join(chance.choices(letters, k=4)).title() for _ in range(many // 4))
        text = " ".join(made)[:many]
    else:
        text = (words * (many // len(words) + 1))[:many]
    return median(_ms(text) for _ in range(5))


def of_names(rounds: int, known: set[str]) -> tuple[list[float], list[float]]:
    """The median of each name, those that are known first; in an order that is shuffled each round."""
    times: dict[str, list[float]] = {name: [] for name in NAMES}
    chance = random.Random(3)  # noqa: S311
    for _ in range(rounds):
        for name in chance.sample(NAMES, len(NAMES)):
            times[name].append(_ms(f"Rozmowa z panią {name}."))
    medians = {name: median(taken) for name, taken in times.items()}
    return [medians[one] for one in NAMES if one in known], [
        medians[one] for one in NAMES if one not in known
    ]


if __name__ == "__main__":
    main()
