"""The site's settings for real processes of tests: static files keep their names, as in all tests."""

from kooperacja.settings import *  # noqa: F403
from kooperacja.settings import STORAGES

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
