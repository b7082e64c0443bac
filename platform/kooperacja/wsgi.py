"""The site as a WSGI application; threads only, since async work would lose its tenant."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")

application = get_wsgi_application()
