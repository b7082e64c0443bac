"""The workers of a site, as a benchmark needs them: with a broker, and if asked with the schedule."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from infra.bench.region import Region

_CELERY = (sys.executable, "-W", "ignore", "-m", "celery", "-A", "kooperacja", "-q")
_WORKER = ("worker", "-c", "2", "--loglevel", "ERROR", "--without-gossip", "--without-mingle")


@contextmanager
def working(region: Region, **environment: str) -> Iterator[None]:
    """A worker that takes from every queue, with as many processes as a site's."""
    listed = subprocess.check_output(
        [sys.executable, "-m", "kooperacja.queues"],
        env=region.environment | environment,
        text=True,
    )
    with _running(region, *_WORKER, "-Q", listed.strip(), **environment):
        yield


@contextmanager
def on_schedule(region: Region, **environment: str) -> Iterator[None]:
    """What a site does every few seconds is asked for."""
    stamps = str(region.var / "beat-schedule")
    with _running(region, "beat", "--loglevel", "ERROR", "-s", stamps, **environment):
        yield


@contextmanager
def _running(region: Region, *options: str, **environment: str) -> Iterator[None]:
    more = {"BROKER_URL": region.broker_url} | environment
    process = region.start((*_CELERY, *options), stdout=subprocess.DEVNULL, **more)
    with ExitStack() as stack:
        stack.callback(process.wait)
        stack.callback(process.send_signal, signal.SIGTERM)
        yield
