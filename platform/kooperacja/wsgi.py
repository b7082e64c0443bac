"""The site as a WSGI application; threads only, since async work would lose its tenant."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from kooperacja.crypto import kek
from kooperacja.embedded.problems import SetupProblem
from kooperacja.offers import MadeAtStart, of
from kooperacja.ops.pooler import require_sessions
from kooperacja.ops.settle import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")

try:
    kek.require()
    application = get_wsgi_application()
    require_sessions()
except SetupProblem as problem:
    sys.exit(str(problem))
settle(offer.make for offer in of(MadeAtStart))
