"""Pages of files brought in, likely duplicates and editions of the basket."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from tenants.baskets.actions import services
from tenants.baskets.columns import INSTITUTIONS
from tenants.baskets.duplicates import in_order
from tenants.baskets.models.editions import Edition
from tenants.baskets.models.imports import ImportFile, ImportRow, Verdict
from tenants.baskets.workflow import ImportState
from tenants.services.visibility import Visibility
from tests.declared import FILE, KEEPERS, May, Page, Rows
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.factories.editions import issued

OF_IMPORT = May(KEEPERS, hidden="SDPHWOZTGV")
# Whoever is of the office or of an institution that is a kooperant today.
READERS = "ALNSDPHW"
OF_EDITION = May(READERS, hidden="OZTGV")

PAGES = [
    Page("baskets:imports", KEEPERS, 4),
    Page("baskets:import_new", KEEPERS, 2),
    Page("baskets:import", OF_IMPORT, 6, of="import_ready", seen=("import_ready", "import_waits")),
    Page("baskets:import_confirm", OF_IMPORT, 7, of="import_ready"),
    Page("baskets:import_drop", OF_IMPORT, 3, of="import_ready"),
    Page("baskets:import_institutions", KEEPERS, 2, seen=FILE),
    Page("baskets:import_people", KEEPERS, 2, seen=FILE),
    Page("baskets:import_services", KEEPERS, 2, seen=FILE),
    Page("baskets:duplicates", KEEPERS, 5, seen=("",)),
    Page("baskets:duplicate", KEEPERS, 4, of="alike"),
    Page("baskets:editions", READERS, {"L": 9, "P": 4}),
    Page("baskets:edition_new", KEEPERS, 7),
    Page("baskets:edition", OF_EDITION, 6, of="edition"),
    Page("baskets:edition_item", OF_EDITION, 6, of="edition_item"),
    Page("baskets:edition_leaflets", OF_EDITION, 5, of="edition"),
    Page("baskets:edition_prepare", OF_EDITION, 3, of="edition"),
    *(
        Page(f"baskets:edition_{kind}", OF_EDITION, n, of="edition", seen=FILE)
        for kind, n in (("pdf", 10), ("docx", 11), ("xlsx", 9), ("csv", 9), ("json", 9))
    ),
]


def _import(rows: Rows, *, is_checked: bool) -> ImportFile:
    """A file whose rows have each verdict there is, or none yet."""
    by = make_people.by(rows["lead"])
    file = ImportFile.objects.create(
        kind=INSTITUTIONS,
        name="instytucje-zmyslone.xlsx",
        came_on=by.today,
        by_name=by.name,
        state=ImportState.READY if is_checked else ImportState.CHECKING,
    )
    said = {
        Verdict.NEW: "",
        Verdict.CHANGED: "Zmieni się: telefon, ulica i numer.",
        Verdict.SAME: "To samo jest w wierszu 2.",
        Verdict.WRONG: "W kolumnie „REGON” arkusz zamienił numer na 1,23E+08.",
    }
    for number, (verdict, reason) in enumerate(said.items(), start=2):
        shown = {"verdict": verdict, "reason": reason} if is_checked else {}
        ImportRow.objects.create(source=file, number=number, name=f"Zmyślona {number}", **shown)
    return file


def _alike(rows: Rows) -> tuple[UUID, UUID]:
    by = make_people.by(rows["lead"])
    one, other = (
        make.accepted(
            by, rows["member"], name="Kuchnia społeczna", type_code="posilki", phone=phone
        )
        for phone in ("77 400 00 05", "77 400 00 06")
    )
    return in_order(one.pk, other.pk)


def _edition(rows: Rows) -> Edition:
    """The second one, in which something of everything has changed."""
    by = make_people.by(rows["lead"])
    gone = make.accepted(by, rows["member"], name="Klub, który się skończył")
    moved = make.accepted(by, rows["member"], name="Poradnia, którą przeniesiono")
    hidden = make.accepted(by, rows["member"], name="Grupa, którą ukryto")
    issued(by)
    services.end(by=by, service_id=gone.pk, ended_on=timezone.localdate(), why="")
    make.taken_in(by, make.refiled(by, moved, street="ul. Niby 7"))
    assert rows["in_basket"]
    edition = issued(by)
    make.refiled(by, hidden, sees_service=Visibility.OFFICE)
    return edition


ROWS: dict[str, Any] = {
    "import_waits": lambda rows: _import(rows, is_checked=False),
    "import_ready": lambda rows: _import(rows, is_checked=True),
    "alike": _alike,
    "edition": _edition,
    "edition_item": lambda rows: (
        rows["edition"].pk,
        rows["edition"].items.get(entry__service=rows["in_basket"]).pk,
    ),
}
