"""The region's screens."""

from datetime import date
from uuid import UUID

from kooperacja.audit.actor import named
from tenants.registry.invitations import end_access, invite, withdraw
from tenants.registry.models import Tenant, Unit
from tenants.registry.roles import Role
from tests.declared import FILE, FRAGMENT, NO_FORM, NOTHING, REGION, REGION_FRESH, Rows, SharedPage
from tests.factories import accounts
from tests.factories import support as make_support

ASKED = "a question: test_coordinators.py"

PAGES = [
    SharedPage(
        "panel:home",
        REGION,
        NO_FORM,
        8,
        seen=("", "?wskaznik=RESIGNED_BY_SECTOR", "?etap=nie-zaczely&pomoc=wszystkie"),
    ),
    SharedPage("panel:table", REGION, NO_FORM, 8, seen=("", "?powiat=1605&sort=-razem", NOTHING)),
    SharedPage("panel:table_csv", REGION, NO_FORM, 8, seen=FILE),
    SharedPage("panel:changes", "rddeet", NO_FORM, seen=FRAGMENT),
    SharedPage(
        "panel:tenants", REGION, NO_FORM, 12, seen=("", NOTHING, "?stan=SUSPENDED&etap=slabna")
    ),
    SharedPage("panel:tenants_progress", REGION, NO_FORM, 7, seen=FRAGMENT),
    SharedPage(
        "panel:tenants_open",
        REGION_FRESH,
        "rddwst",
        6,
        seen=("", "?kod=160502&kod=160501", "?wszystkie=1"),
    ),
    SharedPage("panel:register", REGION, "rdduut", 5),
    SharedPage("panel:register_preview", "rddwst", "rddwst", of="digest"),
    SharedPage("panel:regulation_template", REGION, NO_FORM, 5),
    SharedPage("panel:regulation_template_new", REGION_FRESH, "rddust", 5),
    SharedPage(
        "panel:tenant", REGION, NO_FORM, 16, of="code", seen=("160501", "160502", "1605", "999999")
    ),
    SharedPage("panel:tenant_people", REGION, NO_FORM, 18, of="code", seen=("160501", "160502")),
    SharedPage("panel:tenant_history", REGION, NO_FORM, 10, of="code", seen=("160501", "160502")),
    SharedPage("panel:tenant_state", "rddeet", NO_FORM, of="code", seen=FRAGMENT),
    SharedPage("panel:tenant_open", "rddcst", "rddcst", of="code", seen=("160502",)),
    SharedPage("panel:tenant_invite", REGION_FRESH, "rddust", 10, of="code", seen=("160501",)),
    SharedPage(
        "panel:invitation_again",
        REGION_FRESH,
        "rddcst",
        8,
        of="region_invitation",
        seen="a question: test_invitations_again.py",
    ),
    SharedPage(
        "panel:invitation_withdraw",
        REGION_FRESH,
        "rddwst",
        8,
        of="region_invitation",
        seen="a question: test_invitations_again.py",
    ),
    SharedPage("panel:journal", REGION, "rddwwt", 5),
    SharedPage("panel:journal_file", REGION_FRESH, NO_FORM, 6, of="file_format", seen=FILE),
    SharedPage("panel:contact", REGION, "rddwwt", 5),
    SharedPage("panel:coordinators", REGION, NO_FORM, 6),
    SharedPage("panel:coordinator_invite", REGION_FRESH, "rddust", 4),
    SharedPage("panel:coordinator_again", "rddcst", "rddcst", of="taken_invitation", seen=ASKED),
    SharedPage("panel:coordinator_withdraw", "rddcst", "rddwst", of="taken_invitation", seen=ASKED),
    SharedPage("panel:coordinator_end", "rddcst", "rddwst", of="ended_coordinator", seen=ASKED),
    SharedPage("panel:advisers", REGION, NO_FORM, 5),
    SharedPage("panel:adviser_new", REGION, "rdduut", 4),
    SharedPage("panel:adviser", REGION, NO_FORM, 6, of="adviser"),
    SharedPage("panel:adviser_edit", REGION_FRESH, "rddust", 5, of="adviser"),
    SharedPage("panel:adviser_propose_to_unit", REGION_FRESH, "rddust", 6, of="adviser"),
    SharedPage("panel:adviser_end", REGION_FRESH, "rddust", 5, of="adviser"),
    SharedPage("panel:adviser_propose", REGION_FRESH, "rddust", 9, of="code", seen=("160501",)),
    SharedPage("panel:adviser_call_off", REGION_FRESH, "rddust", 5, of="region_adviser_proposal"),
    SharedPage("panel:tenant_suspend", REGION_FRESH, "rddust", 8, of="code", seen=("160501",)),
    SharedPage("panel:tenant_reopen", "rddcst", "rddcst", of="code", seen=("1605",)),
    SharedPage("panel:tenant_close", REGION_FRESH, "rddust", 8, of="code", seen=("160501",)),
    SharedPage("panel:unit", REGION, NO_FORM, 8, of="code", seen=("160501", "160502")),
]


def _invited(rows: Rows) -> tuple[str, UUID]:
    """An administrator whom the region invited to the unit; withdrawn, so that nothing changes."""
    tenant = Tenant.objects.select_related("unit").get(pk=rows["tenant"].id)
    invitation = invite(
        by=named("Regina"),
        email="pierwszy.administrator@example.pl",
        full_name="Adam Pierwszy",
        tenant=tenant,
        role=Role.TENANT_ADMIN,
    )
    withdraw(by=named("Regina"), invitation=invitation)
    return tenant.unit.code, invitation.pk


def _proposed(rows: Rows) -> UUID:
    """A proposal that waits in the unit."""
    return make_support.proposed(rows["tenant"]).pk


def _taken(rows: Rows) -> UUID:
    """An invitation of a coordinator; withdrawn, so that nothing changes."""
    invitation = invite(
        by=named("Regina"),
        email="koordynator@example.pl",
        full_name="Kamil",
        tenant=None,
        role=Role.ROPS_COORDINATOR,
    )
    return withdraw(by=named("Regina"), invitation=invitation).pk


def _ended(rows: Rows) -> UUID:
    """The access of a former coordinator."""
    access = accounts.access(accounts.account(), None, Role.ROPS_COORDINATOR)
    end_access(by=named("Regina"), access=access, why="")
    return access.pk


ROWS = {
    "code": "166101",
    "digest": "0" * 64,
    "file_format": "csv",
    "region_invitation": _invited,
    "adviser": lambda rows: make_support.adviser(full_name="Doradca Na Liście"),
    "region_adviser_proposal": _proposed,
    "taken_invitation": _taken,
    "ended_coordinator": _ended,
}


def more(rows: Rows) -> None:
    """A larger region, with more tenants."""
    units = Unit.objects.bulk_create(
        Unit(
            code=f"17{number:02}01",
            level="MUNICIPALITY",
            name=f"Wieś {number}",
            rodz="2",
            as_of=date(2025, 1, 1),
        )
        for number in range(90)
    )
    Tenant.objects.bulk_create(
        Tenant(
            unit=unit,
            kind="GMINA",
            slug=f"wies-{unit.code}",
            schema_name=f"t_{unit.code}",
            role_name=f"t_{unit.code}",
        )
        for unit in units
    )
