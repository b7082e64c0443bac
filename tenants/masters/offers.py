"""Offers of master cards."""

from kooperacja.offers import Fate, Handler, Impersonal, Offer, PersonalData, TenantRestored
from tenants.masters import following, outbox, reporting
from tenants.masters.models import MasterCall, MasterCard, MasterKeeper, MasterReport, MasterService

OFFERS: tuple[Offer, ...] = (
    Handler(outbox.BEGIN, outbox.begin),
    Handler(following.FOLLOW, outbox.follow),
    Handler(following.DUE, outbox.deliver),
    Handler(reporting.REPORT, outbox.report),
    Handler(reporting.SETTLED, outbox.settled),
    TenantRestored(following.forget),
    Impersonal(MasterCard, ("name", "regon")),
    Impersonal(MasterKeeper, ("asked_in",)),
    PersonalData(
        MasterKeeper, ("let_in_by", "ended_by"), Fate.RECORD, "who let whom keep a card, and when"
    ),
    PersonalData(
        MasterService,
        ("contact_name", "phone", "email"),
        Fate.RECORD,
        "whom the institution named for those who need it (REG §3.2)",
    ),
    PersonalData(
        MasterService, ("confirmed_by_name",), Fate.RECORD, "who made sure that it is true"
    ),
    PersonalData(
        MasterReport, ("settled_by_name",), Fate.RECORD, "who saw to a mistake that was told of"
    ),
    Impersonal(MasterReport, ("text",)),
    PersonalData(
        MasterCall, ("by_name",), Fate.RECORD, "who tried to reach the institution of a card"
    ),
    Impersonal(
        MasterService,
        (
            *("name", "type_code", "about", "area", "legal_basis", "access", "referral"),
            *("in_ukrainian", "easy_to_read"),
            *("conditions", "papers", "cost_about", "hours_about"),
            *("street", "postal_code", "city", "website"),
            *("groups", "ways", "hours", "features", "languages", "units", "seat"),
            *("stopped_why", "ended_why", "withdrawn_why"),
        ),
    ),
)
