"""The roles in which a person may enter a tenant or the region (vocabulary.md)."""

from django.db import models


class Role(models.TextChoices):
    """Opens a door; what one may do behind it is decided by rows of the tenant."""

    ROPS_COORDINATOR = "ROPS_COORDINATOR", "koordynator ROPS"
    TENANT_ADMIN = "TENANT_ADMIN", "administrator OPS"
    LEAD = "LEAD", "osoba reprezentująca Lidera"
    NETWORK_OFFICER = "NETWORK_OFFICER", "pracownik ds. sieci"
    SOCIAL_WORKER = "SOCIAL_WORKER", "pracownik socjalny"
    PARTNER_COORDINATOR = "PARTNER_COORDINATOR", "koordynator Partnerstwa"
    PARTNER_HEAD = "PARTNER_HEAD", "kierujący instytucją"
    PARTNER_WORKER = "PARTNER_WORKER", "pracownik kooperanta"
    APPLICANT = "APPLICANT", "składający deklarację"
    PARTY = "AGREEMENT_PARTY", "osoba ze Strony porozumienia"
    ADVISER = "ADVISER", "doradca ROPS"
    DELEGATE = "DELEGATE", "delegat do GGK"
    DPO = "DPO", "inspektor ochrony danych"


# Whoever decides, or may open a family's file, signs in with a second factor.
MFA_ROLES = frozenset(
    {
        Role.ROPS_COORDINATOR,
        Role.TENANT_ADMIN,
        Role.LEAD,
        Role.NETWORK_OFFICER,
        Role.SOCIAL_WORKER,
        Role.DELEGATE,
        Role.DPO,
        Role.ADVISER,
    }
)
# Whoever had one of them goes on reading their own papers for some days after it ended. People of
# the office do not: their statements and authorisations lie in its own files, and it copies them.
LEAVING_ROLES = frozenset(
    {Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD, Role.PARTNER_WORKER, Role.APPLICANT}
)
# Those who speak in the name of a kooperant.
VOICE_ROLES = frozenset({Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD})
# Those who give and end the roles of an office.
MANAGERS = frozenset({Role.TENANT_ADMIN, Role.LEAD})
OFFICE_ROLES = frozenset(
    {Role.TENANT_ADMIN, Role.LEAD, Role.NETWORK_OFFICER, Role.SOCIAL_WORKER, Role.DPO}
)
# People of the Lider and of kooperanci: partners of the region (REG §1.3).
PARTNER_ROLES = OFFICE_ROLES | LEAVING_ROLES - {Role.APPLICANT}
