"""What a page costs while strangers do their worst to the site."""

from infra.bench.behind_caddy import find_caddy, served
from infra.bench.frame import Bench, benchmark, ratio

PAGES, FIRST = 150, 50
UPLOADS, SEARCHES, SENDERS = 10, 10, 60
# Whose accounts send files: of another tenant than the visitor's, or of the same.
CASES = {"attack": "neighbour", "attack_same_tenant": "same"}
# A file was read and refused; or as many are read as may be, or the account sends too fast.
LOOKED_AT, REFUSED = "422", ("503", "429")
MOST = 0.95

Said = dict[str, int]


@benchmark("attack")
def attack(bench: Bench) -> None:
    """A visitor's page while ten hostile files, ten searches of fifty words and sixty slow senders
    are under way: its p95, and the same of the quiet site just before."""
    region = bench.region
    caddy = find_caddy()
    senders = SENDERS if caddy else 0  # gunicorn alone gives a thread to each
    with (
        served(region, caddy) as port,
        region.worker("attack_worker", port) as visitor,
        region.worker("attack_worker", port) as hostile,
    ):
        visitor.ask(f"visit {FIRST}")
        for name, whose in CASES.items():
            quiet = visitor.ask(f"visit {PAGES}")
            hostile.ask(f"begin {whose} {UPLOADS} {SEARCHES} {senders}")
            first = visitor.ask(f"visit {FIRST}")  # while all search as fast as they can
            meanwhile = visitor.ask(f"visit {PAGES}")
            said = hostile.ask("end")
            failed = quiet["failed"] + first["failed"] + meanwhile["failed"]
            bench.report(
                name,
                ours=meanwhile["p95"],
                baseline=quiet["p95"],
                unit="ms",
                goals=(ratio(3),),
                p50=meanwhile["p50"],
                p50_quiet=quiet["p50"],
                p95_at_first=first["p95"],
                pages=PAGES,
                failed=failed,
                slow_senders=senders,
                proxy="Caddy" if caddy else "none: no Caddy here, so no slow senders",
                **said,
            )
            assert not failed, f"{failed} pages failed"
            require_attack(**said)


def require_attack(uploads: Said, searches: Said) -> None:
    """An attack that never came as far as the readers of files would prove nothing."""
    looked_at = uploads.get(LOOKED_AT, 0)
    assert looked_at, f"no file was read: {uploads}"
    told = looked_at + sum(uploads.get(status, 0) for status in REFUSED)
    assert told >= MOST * sum(uploads.values()), f"files went elsewhere: {uploads}"
    assert searches.get("200"), f"nothing was searched: {searches}"
    assert set(searches) <= {"200", "429"}, f"searches went elsewhere: {searches}"
