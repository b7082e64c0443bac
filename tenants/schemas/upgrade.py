"""Brings tenants' schemas to the version of this release: canaries first, then many at once."""

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

from django.db import connections

from tenants.registry import release
from tenants.registry.models import Tenant
from tenants.schemas import catalogue, ddl
from tenants.schemas.applying import Patience, Unfinished, apply
from tenants.schemas.owner import owner, undisturbed
from tenants.schemas.recording import Step

log = logging.getLogger(__name__)

JOBS, STOP_AFTER = 2, 3
# A backend remembers every table it saw; a fresh one costs less than a grown one.
_TENANTS_A_CONNECTION = 50

Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """The result of a run: tenants done, failed with the reason, and not begun."""

    done: list[Tenant] = field(default_factory=list)
    failed: list[tuple[Tenant, str]] = field(default_factory=list)
    waiting: list[Tenant] = field(default_factory=list)


def behind(only: Collection[str] = ()) -> list[Tenant]:
    """Tenants whose schema lacks a migration of this release, open or not."""
    tenants = Tenant.objects.exclude(ddl="").exclude(ddl__in=release.fitting())
    if only:
        tenants = tenants.filter(unit__code__in=only)
    return list(tenants.select_related("unit"))


def upgrade(
    *,
    canaries: Collection[str] = (),
    only: Collection[str] = (),
    jobs: int = JOBS,
    stop_after: int = STOP_AFTER,
    patience: Patience | None = None,
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """Migrate the tenants that are behind, each by itself; called again, go on with the rest.

    A canary that fails ends the run, and so do `stop_after` failures of others.
    """
    if not behind(only):
        return Outcome()
    with undisturbed(changing=True):
        late = behind(only)
        run = _Run(
            steps=ddl.steps(),
            version=ddl.current().digest,
            patience=patience or Patience(),
            progress=lambda done: progress(done, len(late)),
        )
        rest = [tenant for tenant in late if tenant.unit.code not in canaries]
        run.go([tenant for tenant in late if tenant not in rest], jobs=1, stop_after=1)
        run.go(rest, jobs=jobs, stop_after=0 if run.outcome.failed else stop_after)
        with owner() as connection:
            catalogue.close(connection)
    return run.outcome


@dataclass
class _Run:
    steps: Sequence[Step]
    version: str
    patience: Patience
    progress: Callable[[int], None]
    outcome: Outcome = field(default_factory=Outcome)

    def go(self, tenants: list[Tenant], *, jobs: int, stop_after: int) -> None:
        queue = deque(tenants)
        with ThreadPoolExecutor(jobs) as pool:
            for worker in [pool.submit(self._work, queue, stop_after) for _ in range(jobs)]:
                worker.result()
        self.outcome.waiting += queue

    def _work(self, queue: deque[Tenant], stop_after: int) -> None:
        with closing(connections["owner"]) as connection:
            for seen, tenant in enumerate(_taken(queue)):
                if len(self.outcome.failed) >= stop_after:
                    queue.appendleft(tenant)
                    return
                if seen % _TENANTS_A_CONNECTION == 0:
                    connection.close()
                self._one(tenant)

    def _one(self, tenant: Tenant) -> None:
        try:
            apply(tenant, self.steps, version=self.version, patience=self.patience)
        except Exception as failure:
            log.exception("migration failed", extra={"tenant": tenant.unit.code})
            self.outcome.failed.append((tenant, str(Unfinished.of(failure))))
        else:
            self.outcome.done.append(tenant)
        self.progress(len(self.outcome.done) + len(self.outcome.failed))


def _taken(queue: deque[Tenant]) -> Iterator[Tenant]:
    """Each of a queue that several threads empty."""
    while True:
        try:
            yield queue.popleft()
        except IndexError:
            return
