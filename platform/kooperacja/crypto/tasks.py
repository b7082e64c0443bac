"""Workers don't start without a usable master key."""

import sys
from typing import Any

from celery.signals import worker_init

from kooperacja.crypto import kek
from kooperacja.embedded.problems import SetupProblem


@worker_init.connect
def _require_key(**_: Any) -> None:
    try:
        kek.require()
    except SetupProblem as problem:
        sys.exit(str(problem))
