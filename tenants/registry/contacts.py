"""The telephone and the e-mail address of the ROPS, which units read where they are to ask it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.ui.fields import EmailField, PhoneField
from kooperacja.writes import one_at_a_time
from tenants.registry.journal import note
from tenants.registry.region import Region
from tenants.registry.rules import Impossible
from tenants.registry.workflow import RegionVerb

_FIELDS = {"rops_phone": PhoneField(), "rops_email": EmailField(required=False)}


def published() -> Region | None:
    """The region with its contact, if it is founded."""
    return Region.objects.first()


def checked(phone: str, email: str) -> dict[str, str]:
    """The columns of a contact as they are kept; a wrong one is refused with a sentence."""
    given = {"rops_phone": phone, "rops_email": email}
    try:
        return {name: str(_FIELDS[name].clean(text)) for name, text in given.items()}
    except ValidationError as wrong:
        raise Impossible(" ".join(wrong.messages)) from None


def change(*, by: Actor, rops_phone: str, rops_email: str) -> Region:
    """Publish another telephone or address; the same ones again change nothing."""
    given = checked(rops_phone, rops_email)
    with transaction.atomic(using="shared"):
        one_at_a_time("registry.contacts")
        region = Region.here()
        if any(getattr(region, name) != text for name, text in given.items()):
            for name, text in given.items():
                setattr(region, name, text)
            region.save(update_fields=list(given))
            note(by=by, verb=RegionVerb.CONTACT, about=region.contact or "nie podano")
    return region
