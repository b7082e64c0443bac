"""Public data of the Lider's office: the guard lets it pass."""

import re

from kooperacja.guard.known import Known
from tenants.partnership.models import AccessibilityStatement, Partnership

_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")


def known() -> Known:
    """The contacts that the office gives on its public pages."""
    office = (
        Partnership.objects.values_list(
            "lead_name",
            "lead_address",
            "contact_email",
            "contact_phone",
            "dpo_name",
            "dpo_email",
            "dpo_phone",
        ).first()
        or ("",) * 7
    )
    contact = (
        AccessibilityStatement.objects.values_list(
            "contact_name", "contact_email", "contact_phone", "entity_address"
        ).first()
        or ("",) * 4
    )
    return Known.of(
        phones=[office[3], office[6], contact[2]],
        emails=[office[2], office[5], contact[1]],
        addresses=[_parted(office[1]), _parted(contact[3])],
        people=[office[4], contact[0]],
        institutions=[office[0]],
    )


def _parted(address: str) -> tuple[str, str]:
    """The street with its number, and the code."""
    code = _CODE.search(address)
    if code is None:
        return address.partition(",")[0], ""
    return address[: code.start()].strip(" ,") or address[code.end() :], code[0]
