"""Reading a file as the site does, for tests that say nothing of how long it may take."""

from django.apps import AppConfig

from kooperacja.documents import reader
from tests.waiting import PATIENCE_SECONDS


class Documents(AppConfig):
    """The app, with more patience: on a busy machine a reader takes long to start."""

    name = "kooperacja.documents"

    def ready(self) -> None:
        # Its models are there only now.
        from kooperacja.documents import guarded

        guarded.PATIENCE_SECONDS = reader.WALL_SECONDS = PATIENCE_SECONDS
