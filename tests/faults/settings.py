"""The site's settings for real processes of tests: static files keep their names, as in all tests."""

import os

from kooperacja.settings import *  # noqa: F403
from kooperacja.settings import CELERY_BROKER_TRANSPORT_OPTIONS, INSTALLED_APPS, STORAGES

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
INSTALLED_APPS[INSTALLED_APPS.index("kooperacja.documents")] = "tests.faults.patient.Documents"
# A task that nobody has finished for so long is given to somebody else.
if seconds := os.environ.get("VISIBILITY_SECONDS"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        "visibility_timeout": float(seconds),
        "unacked_restore_interval": 1,
    }
