"""Work outside the request."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")

app = Celery("kooperacja")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
