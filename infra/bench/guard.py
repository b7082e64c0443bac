"""The guard of personal data: how long a text takes it, and if time tells who is known to an office."""

from statistics import median

from infra.bench.frame import Bench, at_most, benchmark

LONGEST = 20_000  # signs
ROUNDS = 40
# Made to be slow for a search that looks back.
HOSTILE = (
    *("4 ", "501 ", "a@", "a.b@c.", "A. ", "Aa ", "ul. Długa ", "9a", "+4"),
    *("pani ", "zam. w ", "Anna ", "45-082 ", "im. Jana ", "A-", "a.1/"),
)
DISTINCT = "*"  # words of which no two are alike


@benchmark("guard_long_text")
def guard_long_text(bench: Bench) -> None:
    """The slowest text of 20,000 signs, what is public of 200 members with it; half as long beside."""
    with bench.region.worker("guard_worker", 200) as worker:
        times = {words: worker.ask(f"text {LONGEST} {words}") for words in (*HOSTILE, DISTINCT)}
        slowest = max(times, key=lambda words: times[words])
        half = worker.ask(f"text {LONGEST // 2} {slowest}")
    bench.report(
        "guard_long_text",
        ours=times[slowest],
        baseline=half,
        unit="ms",
        goals=(at_most(150, "ms"),),
        text=slowest,
        median=round(median(times.values()), 1),
    )


@benchmark("guard_oracle")
def guard_oracle(bench: Bench) -> None:
    """A hundred names, half of them clients: by how many standard errors their times differ."""
    with bench.region.worker("guard_worker", 200) as worker:
        known, unknown = worker.ask(f"names {ROUNDS}")
    pairs = [(one > other) + (one == other) / 2 for one in known for other in unknown]
    chance = sum(pairs) / len(pairs)  # 0.5: nobody can tell
    error = ((len(known) + len(unknown) + 1) / (12 * len(known) * len(unknown))) ** 0.5
    bench.report(
        "guard_oracle",
        ours=abs(chance - 0.5) / error,
        unit="σ",
        goals=(at_most(3, "σ"),),
        told_apart=round(chance, 3),
        median_known=round(median(known), 3),
        median_unknown=round(median(unknown), 3),
    )
