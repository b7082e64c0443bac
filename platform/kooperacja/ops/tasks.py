"""Watches Celery's workers: their sessions, the figures of tasks, their ids in the logs."""

import sys
import time
from contextlib import AbstractContextManager
from typing import Any

from celery import Task
from celery.signals import beat_init, task_postrun, task_prerun, worker_init
from django.conf import settings

from kooperacja.embedded.private import keep_private
from kooperacja.embedded.problems import SetupProblem
from kooperacja.ops.context import working_on
from kooperacja.ops.metrics import TASK_SECONDS, TASKS
from kooperacja.ops.pooler import require_sessions

_running: dict[str, tuple[float, AbstractContextManager[None]]] = {}


@worker_init.connect
@beat_init.connect
def _keep_private(**_: Any) -> None:
    keep_private(settings.VAR_DIR)


@worker_init.connect
def _require_sessions(**_: Any) -> None:
    try:
        require_sessions()
    except SetupProblem as problem:
        sys.exit(str(problem))


@task_prerun.connect
def _started(task_id: str, **_: Any) -> None:
    working = working_on(task_id)
    working.__enter__()
    _running[task_id] = (time.perf_counter(), working)


@task_postrun.connect
def _ended(task_id: str, task: Task[Any, Any], state: str | None = None, **_: Any) -> None:
    TASKS.labels(task.name, state or "UNKNOWN").inc()
    if known := _running.pop(task_id, None):
        TASK_SECONDS.labels(task.name).observe(time.perf_counter() - known[0])
        known[1].__exit__(None, None, None)
