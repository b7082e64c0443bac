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
    DENIED = "DENIED", "odmowa"
    DONE = "DONE", "potwierdzono"


_CHECKED = {CheckState.DONE: Change(UPDATING, "CARD_CHECKED")}
_DENIED = {CheckState.DENIED: Change(UPDATING, "CARD_DENIED")}
CHECK = Table(
    CheckState,
    {
        CheckState.OPEN: {
            **_CHECKED,
            **_DENIED,
            CheckState.SILENT: Change(UPDATING, "CARD_SILENT"),
        },
        CheckState.SILENT: {**_CHECKED, **_DENIED},
        CheckState.DENIED: _CHECKED,
        CheckState.DONE: {},
    },
)


class CampaignState(models.TextChoices):
    """The states of a campaign in which the basket is confirmed (REG §3.5.a)."""

    DRAFT = "DRAFT", "w przygotowaniu"
    RUNNING = "RUNNING", "trwa"
    FINISHED = "FINISHED", "zakończona"


CAMPAIGN = Table(
    CampaignState,
    {
        CampaignState.DRAFT: {CampaignState.RUNNING: Change(UPDATING, "CAMPAIGN_STARTED")},
        CampaignState.RUNNING: {CampaignState.FINISHED: Change(UPDATING, "CAMPAIGN_FINISHED")},
        CampaignState.FINISHED: {},
    },
)


class GapState(models.TextChoices):
    """The states of a gap that the Lider sees to (REG §3.1, §5.1.h)."""

    SOUGHT = "SOUGHT", "szukamy instytucji"
    PLANNED = "PLANNED", "planowana"
    FILLED = "FILLED", "jest w koszyku"
    DROPPED = "DROPPED", "już nie szukamy"


LACKING = "§ 5 ust. 1 lit. h regulaminu"

_CLOSED = {
    GapState.FILLED: Change(LACKING, "GAP_FILLED"),
    GapState.DROPPED: Change(LACKING, "GAP_DROPPED"),
}
GAP = Table(
    GapState,
    {
        GapState.SOUGHT: {GapState.PLANNED: Change(LACKING, "GAP_PLANNED"), **_CLOSED},
        # It may be planned for another day.
        GapState.PLANNED: {GapState.PLANNED: Change(LACKING, "GAP_PLANNED"), **_CLOSED},
        GapState.FILLED: {},
        GapState.DROPPED: {},
    },
)


class ReferralState(models.TextChoices):
    """The states of a request to take somebody into a service (REG §3.4)."""

    ASKED = "ASKED", "czeka na odpowiedź"
    ACCEPTED = "ACCEPTED", "przyjęcie możliwe"
    DECLINED = "DECLINED", "odmowa"
    NOT_OURS = "NOT_OURS", "to nie ta usługa"
    DONE = "DONE", "przyjęto"
    WITHDRAWN = "WITHDRAWN", "wycofane"


USING = "§ 3 ust. 4 regulaminu"

_WITHDRAWN = {ReferralState.WITHDRAWN: Change(USING, "REFERRAL_WITHDRAWN")}
REFERRAL = Table(
    ReferralState,
    {
        ReferralState.ASKED: {
            ReferralState.ACCEPTED: Change(USING, "REFERRAL_ACCEPTED"),
            ReferralState.DECLINED: Change(USING, "REFERRAL_DECLINED"),
            ReferralState.NOT_OURS: Change(USING, "REFERRAL_NOT_OURS"),
            **_WITHDRAWN,
        },
        ReferralState.ACCEPTED: {
            ReferralState.DONE: Change(USING, "REFERRAL_DONE"),
            **_WITHDRAWN,
        },
        ReferralState.DECLINED: {},
        ReferralState.NOT_OURS: {},
        ReferralState.DONE: {},
        ReferralState.WITHDRAWN: {},
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
