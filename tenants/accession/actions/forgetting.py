"""Contact data of recruitment that is over are blanked, as its privacy notice says (GDPR art. 5)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.workflow import OPEN_RECRUITMENTS

CONTACT = ("contact_name", "contact_email", "contact_phone", "message")
KEPT = timedelta(days=30)  # after the last step of what has ended
KEPT_OPEN = timedelta(days=365)  # after the last step of what nobody ended
_AT_ONCE = 200


@transaction.atomic
def forget_old_contacts(*, by: Actor) -> int:
    """Blank them where they may be kept no longer; the log of each entry stays."""
    ended = Q(last__lte=by.today - KEPT) & ~Q(state__in=sorted(OPEN_RECRUITMENTS))
    old = Recruitment.objects.annotate(last=Max("steps__happened_on"))
    old = old.filter(ended | Q(last__lte=by.today - KEPT_OPEN))
    old = old.exclude(**dict.fromkeys(CONTACT, ""))
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    entries = list(Recruitment.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    for entry in entries:
        for name in CONTACT:
            setattr(entry, name, "")
        entry.version += 1
        entry.save(update_fields=[*CONTACT, "version"])
        record(by=by, verb="RECRUITMENT_FORGOTTEN", obj=entry)
    return len(entries)
