"""Every address of the platform: how its page is reached, or why nobody looks at one there.

A new URL pattern that is not listed here fails `test_every_address_is_listed`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver

from tenants.registry.roles import Role

STRANGER = ""
# Who holds what in the gmina Gogolin; then accounts without a role there.
INSIDE = (
    Role.TENANT_ADMIN,
    Role.LEAD,
    Role.NETWORK_OFFICER,
    Role.SOCIAL_WORKER,
    Role.DPO,
    Role.PARTNER_COORDINATOR,
    Role.PARTNER_HEAD,
    Role.PARTNER_WORKER,
    Role.APPLICANT,
)
IN_GMINA = (*INSIDE, "NEWCOMER", STRANGER)
REGION = Role.ROPS_COORDINATOR
AT_ROOT = (REGION, Role.LEAD, Role.PARTNER_COORDINATOR, "NEWCOMER", "NO_FACTOR", STRANGER)


@dataclass(frozen=True)
class Seen:
    """One way to a page: arguments are names of the seed's facts, or stand for themselves."""

    args: dict[str, str] = field(default_factory=dict)
    query: str = ""
    path: str = ""  # a fact in place of what reverse() would say


def at(query: str = "", path: str = "", **args: str) -> Seen:
    return Seen(args, query, path)


Table = dict[str, tuple[Seen, ...] | str]

JSON = "answers programs, not people"
FRAGMENT = "a fragment that htmx puts into a page that is listed"
LEADS_ON = "only leads to another address"
STATES = "reached by a flow: test_states.py"

TENANT_PAGES: Table = {
    "home": (at(),),
    "accessibility": (at(),),
    "partnership:members": (at(), at("dzien=2020-01-01"), at("dzien=2999-01-01")),
    "partnership:organisations": (at(), at("szukaj=nie+ma+takiej")),
    "partnership:organisation_new": (at(),),
    "partnership:organisation": (at(pk="member"), at(pk="free"), at(pk="own_organisation")),
    "partnership:organisation_edit": (at(pk="member"), at(pk="own_organisation")),
    "partnership:declarations": (at(),),
    "partnership:declaration_new": (at(),),
    "partnership:declaration": tuple(
        at(pk=state) for state in ("own_draft", "DRAFT", "FILED", "ACCEPTED", "RETURNED", "REFUSED")
    ),
    "partnership:declaration_signatory": (at(pk="own_draft"), at(pk="DRAFT"), at(pk="ACCEPTED")),
    "partnership:declaration_coordinator": (at(pk="DRAFT"),),
    "partnership:declaration_file": (at(pk="DRAFT"), at(pk="RETURNED")),
    "partnership:declaration_accept": (at(pk="FILED"), at(pk="ACCEPTED")),
    "partnership:declaration_return": (at(pk="FILED"),),
    "partnership:declaration_refuse": (at(pk="FILED"),),
    "partnership:office": (at(),),
    "partnership:office_edit": (at(),),
    "partnership:become_lead": (at(),),
    "partnership:invite_colleague": (at(),),
    "partnership:end_role": (at(pk="assignment"),),
    "partnership:word_templates": (at(),),
    "partnership:word_template": (at(kind="ANNOTATED_DECLARATION"),),
    "partnership:word_template_download": "a file, not a page",
    "partnership:word_template_reset": (at(kind="ANNOTATED_DECLARATION"),),
    "partnership:accessibility_edit": (at(),),
    "partnership:regulations": (at(),),
    "partnership:regulation": tuple(
        at(pk=state) for state in ("REG_DRAFT", "REG_VOTING", "REG_ADOPTED")
    ),
    "partnership:regulation_parameters": (at(pk="REG_DRAFT"), at(pk="REG_ADOPTED")),
    "partnership:regulation_points": (at(pk="REG_DRAFT"),),
    "partnership:regulation_clauses": (at(pk="REG_DRAFT"), at(pk="REG_DRAFT", query="par=2")),
    "partnership:members_log": (at(), at("szukaj=nie+ma+takiej"), at("rodzaj=koordynator")),
    "partnership:members_pdf": "a file, not a page",
    "partnership:members_docx": "a file, not a page",
    "partnership:members_xlsx": "a file, not a page",
    "partnership:profile": (at(pk="member"),),
    "partnership:post_new": (at(pk="member"),),
    "partnership:post_end": (at(pk="post"),),
    "partnership:coordinator_new": (at(pk="member"), at(pk="free")),
    "partnership:coordinator_end": (at(pk="seat"),),
    "partnership:worker_new": (at(pk="member"),),
    "partnership:worker_end": (at(pk="worker"),),
    "partnership:roster": (at(), at("szukaj=nie+ma+takiej")),
    "partnership:engagement": (at(pk="member"),),
    "partnership:flags": (at(pk="member"),),
    "join": (at(),),
    "join_sent": (at(),),
    "join_regulation": (at(),),
    "partnership:recruitments": (at(), at("szukaj=nie+ma+takiej")),
    "partnership:recruitment_new": (at(),),
    "partnership:recruitment": (at(pk="asked"), at(pk="joined_by_log"), at(pk="closed_by_log")),
    "partnership:recruitment_step": (at(pk="asked"),),
    "partnership:recruitment_link": (at(pk="asked"),),
    "partnership:recruitment_enter": (at(pk="asked"),),
    "partnership:recruitment_forget": (at(pk="closed_by_log"),),
    "partnership:data_protection": (at(),),
    "partnership:own_data_protection": (at(),),
    "partnership:data_rules": (at(),),
    "partnership:statement_new": (at(),),
    "partnership:agreements": (at(), at("stan=wszystkie")),
    "partnership:agreement_new": (at(),),
    "partnership:agreement_draft": (at(),),
    "partnership:agreement": (at(pk="agreement"),),
    "partnership:agreement_end": (at(pk="agreement"),),
    "partnership:authorisations": (at(),),
    "partnership:authorisation_new": (at(),),
    "partnership:authorisation": (at(pk="authorisation"),),
    "partnership:authorisation_end": (at(pk="authorisation"),),
    "partnership:regulation_template": (at(),),
    "partnership:regulation_adopt": "the first version's: test_story.py",
    "partnership:regulation_amend": "asked when no change is open: test_amendment.py",
    "partnership:regulation_difference": (at(pk="REG_VOTING"),),
    "partnership:regulation_voting": (at(pk="REG_DRAFT"),),
    "partnership:regulation_vote": (at(pk="REG_VOTING"),),
    "partnership:regulation_paper_vote": (at(pk="REG_VOTING"),),
    "partnership:regulation_close": (at(pk="REG_VOTING"),),
    "partnership:regulation_withdraw": (at(pk="REG_VOTING"),),
    "partnership:regulation_acknowledge": "takes only the form of the regulation's page",
    "partnership:regulation_readers": (at(pk="REG_ADOPTED"),),
    "partnership:resignation_new": (at(pk="member"), at(pk="free")),
    "partnership:data_rules_print": "a file, not a page",
    "partnership:resignation_print": "a file, not a page",
    "partnership:resignation": (at(pk="resignation"),),
    "partnership:dissolution": (at(),),
    "partnership:applicant_invite": (at(pk="free"), at(pk="member")),
    "partnership:applicant_withdraw": (at(pk="own_draft"),),
    "partnership:declaration_statements": (at(pk="own_draft"), at(pk="ACCEPTED")),
    "partnership:declaration_own_file": (at(pk="own_draft"),),
    "partnership:declaration_pdf": "a file, not a page",
    "partnership:declaration_docx": "a file, not a page",
    "partnership:resources": (at(), at("szukaj=nie+ma+takiej")),
    "partnership:resource_new": (at(),),
    "partnership:resource": (at(pk="resource"),),
    "partnership:resource_edit": (at(pk="resource"),),
    "partnership:resource_end": (at(pk="resource"),),
    "documents:file": "a file, not a page",
    "audit:journal": (at(),),
}

ROOT_PAGES: Table = {
    "health_live": JSON,
    "health_ready": JSON,
    "front_door": LEADS_ON,
    "accessibility": (at(),),
    "places": (at(),),
    "invitation": tuple(
        at(path=f"invitation_{kind}")
        for kind in ("new", "known", "expired", "withdrawn", "used", "forged")
    ),
    "api_tokens": (at(),),
    "api_token_new": (at(),),
    "api_token_revoke": (at(token_id="token"),),
    "inbox": (at(),),
    "inbox_read": "takes only the form of the inbox",
    "account_login": (at(),),
    "mfa_authenticate": STATES,
    "mfa_login_webauthn": JSON,
    "account_logout": (at(),),
    "account_inactive": (at(),),
    "profile": (at(),),
    "account_security": (at(),),
    "usersessions_list": (at(),),
    "account_change_password": (at(),),
    "account_reset_password": (at(),),
    "account_set_password": LEADS_ON,
    "account_reset_password_done": (at(),),
    "account_reset_password_from_key_done": (at(),),
    "account_reset_password_from_key": STATES,
    "account_reauthenticate": (at(),),
    "mfa_reauthenticate": (at(),),
    "mfa_reauthenticate_webauthn": STATES,
    "mfa_index": (at(),),
    "mfa_activate_totp": (at(),),
    "mfa_deactivate_totp": (at(),),
    "mfa_view_recovery_codes": "shown once: test_story.py",
    "mfa_generate_recovery_codes": (at(),),
    "mfa_list_webauthn": LEADS_ON,
    "mfa_add_webauthn": (at(),),
    "mfa_edit_webauthn": STATES,
    "mfa_remove_webauthn": STATES,
    "panel:home": (at(),),
    "panel:table": (at(), at("powiat=1605&sort=-razem"), at("szukaj=nie+ma+takiej")),
    "panel:table_csv": "a file, not a page",
    "panel:changes": FRAGMENT,
    "panel:tenants": (at(), at("szukaj=nie+ma+takiej"), at("stan=SUSPENDED")),
    "panel:tenants_progress": FRAGMENT,
    "panel:tenants_open": (at(), at("kod=160502&kod=160501"), at("wszystkie=1")),
    "panel:register": (at(),),
    "panel:register_preview": (at(digest="digest"),),
    "panel:regulation_template": (at(),),
    "panel:regulation_template_new": (at(),),
    "panel:tenant": tuple(at(code=code) for code in ("160501", "160502", "1605", "999999")),
    "panel:tenant_state": FRAGMENT,
    "panel:tenant_open": (at(code="160502"),),
    "panel:tenant_invite": (at(code="160501"),),
    "panel:tenant_suspend": (at(code="160501"),),
    "panel:tenant_reopen": (at(code="1605"),),
    "panel:tenant_close": (at(code="160501"),),
    "panel:unit": (at(code="160501"), at(code="160502")),
    "api_reference": (at(),),
    **dict.fromkeys(
        (
            "v1:openapi",
            "v1:units",
            "v1:unit",
            "v1:indicators",
            "v1:figures",
            "v1:organisations",
            "v1:organisation",
            "v1:members",
            "v1:declarations",
            "v1:declaration",
            "v1:declaration_signatory",
            "v1:declaration_coordinator",
            "v1:declaration_statements",
            "v1:declaration_file",
            "v1:declaration_own_file",
            "v1:regulations",
            "v1:regulation",
            "v1:^.*$",
        ),
        JSON,
    ),
}


def names_of(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The names of all patterns, as reverse() knows them; of a nameless one, what it matches."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from names_of(one.url_patterns, inner)
        else:
            yield namespace + (one.name or str(one.pattern))
