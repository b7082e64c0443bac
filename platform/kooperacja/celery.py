"""Work outside the request."""

import os
import sys
from typing import Any

from celery import Celery
from celery.signals import worker_init

from kooperacja.embedded.problems import SetupProblem

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")

app = Celery("kooperacja")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _require_sessions(**_: Any) -> None:
    from kooperacja.ops.pooler import require_sessions

    try:
        require_sessions()
    except SetupProblem as problem:
        sys.exit(str(problem))
