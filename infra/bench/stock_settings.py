"""Stock django-tenants for comparison: its wrapper, its middleware, its router; the same apps.

STOCK_DATABASE names the database: one of its own for opening and migrating, or the region's, whose
schemas it can serve as they are.
"""

import os

from kooperacja.settings import *  # noqa: F403
from kooperacja.settings import DATABASES, MIDDLEWARE, SHARED_APPS, TENANT_APPS

_all = DATABASES["owner"] | {
    "ENGINE": "django_tenants.postgresql_backend",
    "NAME": os.environ.get("STOCK_DATABASE", "stock"),
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
}
_all["OPTIONS"] = _all["OPTIONS"] | {"options": "-c TimeZone=UTC"}
DATABASES = {"default": _all}  # type: ignore[no-redef]
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
PG_EXTRA_SEARCH_PATHS = ["ext"]
SHARED_APPS = ["django_tenants", "infra.bench.stock", *SHARED_APPS]  # type: ignore[no-redef]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]
TENANT_MODEL, TENANT_DOMAIN_MODEL = "stock.StockTenant", "stock.StockDomain"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MIDDLEWARE = [  # type: ignore[no-redef]
    "django_tenants.middleware.main.TenantMainMiddleware",
    *[name for name in MIDDLEWARE if name.startswith(("django.", "allauth."))],
    "infra.bench.mounts.StockMount",
]
ALLOWED_HOSTS = ["*"]
