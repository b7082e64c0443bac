"""The states of what an institution says of a service, and the changes allowed between them."""

from django.db import models

from kooperacja.workflow import Change, Table


class EntryState(models.TextChoices):
    """The states of an entry of a card of services (REG §3.2–3.3)."""

    DRAFT = "DRAFT", "szkic"
    FILED = "FILED", "czeka na Lidera"
    RETURNED = "RETURNED", "zwrócona do poprawy"
    ACCEPTED = "ACCEPTED", "w koszyku"
    REPLACED = "REPLACED", "zastąpiona nowszą"


SUBMITTING = "§ 3 ust. 2 regulaminu"
INTEGRATING = "§ 3 ust. 3 regulaminu"
UPDATING = "§ 3 ust. 5 regulaminu"
TELLING = "§ 3 ust. 6 regulaminu"

_FILED = {EntryState.FILED: Change(SUBMITTING, "SERVICE_FILED")}
ENTRY = Table(
    EntryState,
    {
        EntryState.DRAFT: _FILED,
        EntryState.FILED: {
            EntryState.ACCEPTED: Change(INTEGRATING, "SERVICE_ACCEPTED"),
            EntryState.RETURNED: Change(INTEGRATING, "SERVICE_RETURNED"),
            EntryState.DRAFT: Change(SUBMITTING, "SERVICE_TAKEN_BACK"),
        },
        EntryState.RETURNED: _FILED,
        # It stays as it was accepted until another entry, that says what changed, takes its place.
        EntryState.ACCEPTED: {EntryState.REPLACED: Change(UPDATING, "SERVICE_REPLACED")},
        EntryState.REPLACED: {},
    },
)
EDITED: frozenset[str] = frozenset({EntryState.DRAFT, EntryState.RETURNED})
UNDER_WAY = EDITED | {EntryState.FILED}


class CheckState(models.TextChoices):
    """The states of a round in which the owner of a card confirms its services (REG §3.5.a)."""

    OPEN = "OPEN", "czeka na odpowiedź"
    SILENT = "SILENT", "brak kontaktu"
    DONE = "DONE", "potwierdzono"


_CHECKED = {CheckState.DONE: Change(UPDATING, "CARD_CHECKED")}
CHECK = Table(
    CheckState,
    {
        CheckState.OPEN: {**_CHECKED, CheckState.SILENT: Change(UPDATING, "CARD_SILENT")},
        CheckState.SILENT: _CHECKED,
        CheckState.DONE: {},
    },
)


class ImportState(models.TextChoices):
    """The states of a file of institutions or services that the office brings in (REG §3.3)."""

    CHECKING = "CHECKING", "sprawdzamy wiersze"
    READY = "READY", "czeka na decyzję"
    WRITING = "WRITING", "zapisujemy"
    DONE = "DONE", "zapisano"
    DROPPED = "DROPPED", "odrzucono"


IMPORT = Table(
    ImportState,
    {
        ImportState.CHECKING: {ImportState.READY: Change(INTEGRATING, "IMPORT_CHECKED")},
        ImportState.READY: {
            ImportState.WRITING: Change(INTEGRATING, "IMPORT_CONFIRMED"),
            ImportState.DROPPED: Change(INTEGRATING, "IMPORT_DROPPED"),
        },
        ImportState.WRITING: {ImportState.DONE: Change(INTEGRATING, "IMPORT_WRITTEN")},
        ImportState.DONE: {},
        ImportState.DROPPED: {},
    },
)
