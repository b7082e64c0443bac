"""Plain Django for comparison: one connection, no roles, no middleware of ours; the same views."""

import os

from kooperacja.settings import *  # noqa: F403
from kooperacja.settings import DATABASES, MIDDLEWARE

_everything = DATABASES["owner"] | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
_everything["OPTIONS"] = _everything["OPTIONS"] | {
    "options": f"-c TimeZone=UTC -c search_path={os.environ['PLAIN_SCHEMA']},public,ext"
}
DATABASES = {"default": _everything}  # type: ignore[no-redef]
DATABASE_ROUTERS: list[str] = []  # type: ignore[no-redef]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MIDDLEWARE = [  # type: ignore[no-redef]
    *[name for name in MIDDLEWARE if name.startswith(("django.", "allauth."))],
    "infra.bench.mounts.PlainMount",
]
