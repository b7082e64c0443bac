"""The states of a tenant and of a proposed administrator with their changes; acts of the region."""

from django.db import models

from kooperacja.workflow import Change, Table


class TenantStatus(models.TextChoices):
    """The state of a tenant; people work in an active one."""

    OPENING = "OPENING", "w przygotowaniu"
    ACTIVE = "ACTIVE", "otwarta"
    SUSPENDED = "SUSPENDED", "zawieszona"
    CLOSED = "CLOSED", "zamknięta"


_SUSPENDED, _CLOSED = Change("", "TENANT_SUSPENDED"), Change("", "TENANT_CLOSED")
_REOPENED = Change("", "TENANT_REOPENED")

# No clause says so: it is the region that runs the site.
TENANT = Table(
    TenantStatus,
    {
        TenantStatus.OPENING: {TenantStatus.ACTIVE: Change("", "TENANT_OPENED")},
        TenantStatus.ACTIVE: {TenantStatus.SUSPENDED: _SUSPENDED, TenantStatus.CLOSED: _CLOSED},
        TenantStatus.SUSPENDED: {TenantStatus.ACTIVE: _REOPENED, TenantStatus.CLOSED: _CLOSED},
        # Data are kept, so a closed tenant can be opened again.
        TenantStatus.CLOSED: {TenantStatus.ACTIVE: _REOPENED},
    },
    field="status",
)


class ProposalState(models.TextChoices):
    """The states of an administrator whom the region proposes to a unit that lives."""

    PROPOSED = "PROPOSED", "czeka na zgodę jednostki"
    WAITING = "WAITING", "czeka 72 godziny"
    INVITED = "INVITED", "wysłano zaproszenie"
    REFUSED = "REFUSED", "jednostka odmówiła"
    WITHDRAWN = "WITHDRAWN", "wycofana"


_APPOINTS = "§ 1 ust. 3 lit. b regulaminu"
_WITHDRAWN = Change("", "ADMINISTRATOR_WITHDRAWN")

# It is the Lider who appoints the people of the office, so the unit has the last word.
PROPOSAL = Table(
    ProposalState,
    {
        ProposalState.PROPOSED: {
            ProposalState.INVITED: Change(_APPOINTS, "ADMINISTRATOR_CONFIRMED"),
            ProposalState.REFUSED: Change(_APPOINTS, "ADMINISTRATOR_REFUSED"),
            ProposalState.WITHDRAWN: _WITHDRAWN,
        },
        # Nobody is left who could agree: the whole office is told and has the time to stop it.
        ProposalState.WAITING: {
            ProposalState.PROPOSED: Change(_APPOINTS, "ADMINISTRATOR_PROPOSED"),
            ProposalState.INVITED: Change("", "TENANT_ADMIN_INVITED"),
            ProposalState.REFUSED: Change("", "ADMINISTRATOR_STOPPED"),
            ProposalState.WITHDRAWN: _WITHDRAWN,
        },
        ProposalState.INVITED: {},
        ProposalState.REFUSED: {},
        ProposalState.WITHDRAWN: {},
    },
)


class AdviserState(models.TextChoices):
    """The states of an adviser whom the region proposes to a unit."""

    PROPOSED = "PROPOSED", "czeka na zgodę jednostki"
    CONFIRMED = "CONFIRMED", "wspiera jednostkę"
    REFUSED = "REFUSED", "jednostka odmówiła"
    WITHDRAWN = "WITHDRAWN", "propozycja wycofana"
    ENDED = "ENDED", "wsparcie zakończone"


SUPPORT = "wsparcie samorządu województwa w porozumieniu"

# The region gives its support; the unit says whom it lets in.
ADVISER = Table(
    AdviserState,
    {
        AdviserState.PROPOSED: {
            AdviserState.CONFIRMED: Change(SUPPORT, "ADVISER_CONFIRMED"),
            AdviserState.REFUSED: Change(SUPPORT, "ADVISER_REFUSED"),
            AdviserState.WITHDRAWN: Change(SUPPORT, "ADVISER_WITHDRAWN"),
        },
        AdviserState.CONFIRMED: {AdviserState.ENDED: Change(SUPPORT, "ADVISER_ENDED")},
        AdviserState.REFUSED: {},
        AdviserState.WITHDRAWN: {},
        AdviserState.ENDED: {},
    },
)


class RegionVerb(models.TextChoices):
    """Acts that the journal of the region knows."""

    FOUNDED = "FOUNDED", "założono województwo"
    INVITED = "INVITED", "zaproszono koordynatora ROPS"
    INVITED_AGAIN = "INVITED_AGAIN", "wysłano zaproszenie koordynatora ROPS jeszcze raz"
    WITHDRAWN = "WITHDRAWN", "wycofano zaproszenie koordynatora ROPS"
    ENDED = "ENDED", "zakończono dostęp koordynatora ROPS"
    REGISTER = "REGISTER", "wczytano rejestr TERC"
    BOUNDARIES = "BOUNDARIES", "wczytano granice gmin"
    CONTACT = "CONTACT", "zmieniono telefon albo adres e-mail ROPS"
    UNIT_ASKED = "UNIT_ASKED", "zlecono otwarcie jednostki"
    UNIT_SUSPENDED = "UNIT_SUSPENDED", "zawieszono jednostkę"
    UNIT_REOPENED = "UNIT_REOPENED", "wznowiono jednostkę"
    UNIT_CLOSED = "UNIT_CLOSED", "zamknięto jednostkę"
    ADMIN_INVITED = "ADMIN_INVITED", "zaproszono administratora OPS"
    ADMIN_PROPOSED = "ADMIN_PROPOSED", "zaproponowano administratora OPS"
    ADMIN_AGAIN = "ADMIN_AGAIN", "wysłano zaproszenie administratora OPS jeszcze raz"
    ADMIN_WITHDRAWN = "ADMIN_WITHDRAWN", "wycofano zaproszenie administratora OPS"
    TEMPLATE = "TEMPLATE", "opublikowano wzór regulaminu"
    ADVISER_ADDED = "ADVISER_ADDED", "wpisano doradcę ROPS"
    ADVISER_CHANGED = "ADVISER_CHANGED", "zmieniono dane doradcy ROPS"
    ADVISER_OVER = "ADVISER_OVER", "wykreślono doradcę ROPS"
    ADVISER_PROPOSED = "ADVISER_PROPOSED", "zaproponowano doradcę ROPS jednostce"
    ADVISER_WITHDRAWN = "ADVISER_WITHDRAWN", "wycofano propozycję doradcy ROPS"
    ADVISER_ENDED = "ADVISER_ENDED", "zakończono wsparcie doradcy ROPS w jednostce"
    MASTER_BEGUN = "MASTER_BEGUN", "założono kartę w katalogu województwa"
    MASTER_ASKED = "MASTER_ASKED", "poproszono o prowadzenie karty w katalogu"
    MASTER_LET_IN = "MASTER_LET_IN", "dopuszczono do prowadzenia karty w katalogu"
    MASTER_REFUSED = "MASTER_REFUSED", "odmówiono prowadzenia karty w katalogu"
    MASTER_KEEPER_ENDED = "MASTER_KEEPER_ENDED", "zakończono prowadzenie karty w katalogu"
    MASTER_ADDED = "MASTER_ADDED", "dodano usługę do katalogu"
    MASTER_EDITED = "MASTER_EDITED", "zmieniono opis usługi w katalogu"
    MASTER_CONFIRMED = "MASTER_CONFIRMED", "potwierdzono opis usługi w katalogu"
    MASTER_CYCLE_SET = "MASTER_CYCLE_SET", "ustalono, jak często potwierdzać usługę w katalogu"
    MASTER_CALLED = "MASTER_CALLED", "próbowano skontaktować się w sprawie karty w katalogu"
    MASTER_SILENT = "MASTER_SILENT", "nie ma kontaktu w sprawie karty w katalogu"
    MASTER_MENDED = "MASTER_MENDED", "załatwiono zgłoszenie błędu w katalogu"
    MASTER_STOPPED = "MASTER_STOPPED", "zapisano przerwę usługi w katalogu"
    MASTER_RESUMED = "MASTER_RESUMED", "zakończono przerwę usługi w katalogu"
    MASTER_ENDED = "MASTER_ENDED", "zakończono usługę w katalogu"
    MASTER_WITHDRAWN = "MASTER_WITHDRAWN", "wycofano usługę z katalogu"
    TYPE_ADDED = "TYPE_ADDED", "dodano typ usług"
    TYPE_CHANGED = "TYPE_CHANGED", "zmieniono typ usług"
    TYPE_ENDED = "TYPE_ENDED", "zakończono typ usług"
