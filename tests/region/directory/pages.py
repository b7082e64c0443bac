"""The public pages of types of services, the same as files, and master cards for those who keep them."""

from typing import Any

from django.utils import timezone

from tenants.masters.actions import services
from tenants.masters.models import MasterService
from tests.declared import FILE, NO_FORM, SIGNED_IN, Rows, SharedPage
from tests.factories import accounts
from tests.factories import masters as make

# Whoever signed in and has no second factor yet sets it first; signed out it is open to them too.
OPEN = "ooooot"
# Those who keep a card, and the coordinators of the ROPS, see it; its keepers alone change it.
SEEN, SEEN_POST = "rnooot", "rnmmmt"
KEPT, KEPT_POST = "rnonnt", "rnunnt"
ASKED, ASKED_POST = "rnonnt", "rnwnnt"
LET_IN, LET_IN_POST = "rnoost", "rnwwst"

PAGES = [
    SharedPage(
        "directory:types",
        OPEN,
        NO_FORM,
        2,
        seen=("", "?szukaj=obiady+w+szkole", "?szukaj=hipopotam"),
    ),
    SharedPage(
        "directory:type",
        OPEN,
        NO_FORM,
        2,
        of="service_type",
        seen=("wytchnienie", "pogrzeb"),
    ),
    SharedPage("directory:types_ttl", OPEN, NO_FORM, 2, seen=FILE),
    SharedPage("directory:types_jsonld", OPEN, NO_FORM, 2, seen=FILE),
    SharedPage("directory:masters", SIGNED_IN, "rmmmmt", 8),
    SharedPage("directory:master_card", SEEN, SEEN_POST, 8, of="master_card"),
    SharedPage("directory:master_new", KEPT, KEPT_POST, 8, of="master_card"),
    SharedPage("directory:keeper_let_in", LET_IN, LET_IN_POST, 8, of="master_asked"),
    SharedPage("directory:keeper_refuse", LET_IN, LET_IN_POST, 8, of="master_asked"),
    SharedPage("directory:keeper_end", LET_IN, LET_IN_POST, 8, of="master_asked"),
    SharedPage(
        "directory:master",
        SEEN,
        SEEN_POST,
        8,
        of="master_service",
        seen=("master_service", "master_stopped", "master_withdrawn"),
    ),
    SharedPage("directory:master_edit", KEPT, KEPT_POST, 8, of="master_service"),
    SharedPage("directory:master_confirm", ASKED, ASKED_POST, 8, of="master_service"),
    SharedPage("directory:master_stop", ASKED, KEPT_POST, 8, of="master_service"),
    SharedPage("directory:master_resume", ASKED, ASKED_POST, 8, of="master_stopped"),
    SharedPage("directory:master_end", ASKED, KEPT_POST, 8, of="master_service"),
    SharedPage("directory:master_withdraw", ASKED, ASKED_POST, 8, of="master_service"),
]


def _stopped(rows: Rows) -> MasterService:
    service = make.service(rows["owner"], rows["kept_master"], name="Poradnia z przerwą")
    today = timezone.localdate()
    by = accounts.acting(rows["owner"])
    return services.stop(
        by=by, service_id=service.pk, from_on=today, until_on=None, why="remont dachu"
    )


def _withdrawn(rows: Rows) -> MasterService:
    service = make.service(rows["owner"], rows["kept_master"], name="Poradnia, której nie ma")
    by = accounts.acting(rows["owner"])
    return services.withdraw(by=by, service_id=service.pk, why="koniec projektu")


ROWS: dict[str, Any] = {
    "service_type": ("wytchnienie",),
    "kept_master": lambda rows: make.card(rows["owner"], rows["tenant"]),
    "master_card": lambda rows: rows["kept_master"].pk,
    "master_asked": lambda rows: make.asked(rows["kept_master"], rows["tenant"]).pk,
    "master_service": lambda rows: make.service(rows["owner"], rows["kept_master"]).pk,
    "master_stopped": lambda rows: _stopped(rows).pk,
    "master_withdrawn": lambda rows: _withdrawn(rows).pk,
}
