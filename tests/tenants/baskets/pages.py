"""Pages of cards of services and of the basket."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import current_tenant
from tenants.baskets.actions import (
    adopting,
    bringing,
    entries,
    gaps,
    referrals,
    reports,
    rounds,
    services,
    shortlists,
)
from tenants.baskets.columns import INSTITUTIONS
from tenants.baskets.duplicates import in_order
from tenants.baskets.links import new_token
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.editions import Edition
from tenants.baskets.models.imports import ImportFile, ImportRow, Verdict
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.services import Service
from tenants.baskets.models.shortlists import Shortlist
from tenants.baskets.told import readers
from tenants.baskets.workflow import ImportState, ReferralState
from tenants.masters.actions import services as masters
from tenants.masters.models import MasterCard, MasterService
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.visibility import Visibility
from tenants.teams.sides import LEAD
from tests.declared import (
    FILE,
    KEEPERS,
    LEADS_ON,
    MEMBERS,
    NOTHING,
    PUBLIC,
    STATES,
    May,
    Page,
    Rows,
)
from tests.factories import accounts
from tests.factories import baskets as make
from tests.factories import masters as make_masters
from tests.factories import people as make_people
from tests.factories.editions import issued

# Whoever keeps the card; for others the row is not there.
OF_OWNER = May(f"{KEEPERS}PHD", hidden="SWOZTGV")
OF_REFERRAL = May(f"{KEEPERS}DPHS", hidden="WOZTGV")
OF_IMPORT = May(KEEPERS, hidden="SDPHWOZTGV")
# Whoever is of the office or of an institution that is a kooperant today.
READERS = "ALNSDPHW"
OF_EDITION = May(READERS, hidden="OZTGV")
KEPT = May(f"{KEEPERS}PH", hidden="SWOZTGV", refused="D")

PAGES = [
    Page(
        "baskets:basket",
        MEMBERS,
        {"L": 6, "P": 7},
        seen=("", "?dla=SENIORS&teraz=on&dzien=0&godzina=8&dostepnosc=LIFT", NOTHING),
    ),
    Page("baskets:gaps", MEMBERS, 7, seen=("", "?dla=SENIORS", NOTHING)),
    Page("baskets:gaps_marked", MEMBERS, 4, seen=("", NOTHING)),
    Page("baskets:gaps_unfound", KEEPERS, 3, seen=("", NOTHING)),
    Page("baskets:gap_new", KEEPERS, 2),
    Page("baskets:gap_plan", KEEPERS, 3, of="gap"),
    Page("baskets:gap_drop", KEEPERS, 3, of="gap"),
    Page("baskets:referrals", MEMBERS, {"L": 4, "P": 5}, seen=("", NOTHING)),
    Page(
        "baskets:referral",
        OF_REFERRAL,
        {"L": 4, "P": 6},
        of="referral",
        seen=("referral", "accepted_referral"),
    ),
    Page(
        "baskets:referral_answer",
        May("PH", hidden="WOZTGV", refused=f"{KEEPERS}DS"),
        4,
        of="referral",
    ),
    Page(
        "baskets:referral_finish",
        May("PH", hidden="WOZTGV", refused=f"{KEEPERS}DS"),
        4,
        of="accepted_referral",
    ),
    Page(
        "baskets:referral_withdraw",
        May(f"{KEEPERS}DS", hidden="WOZTGV", refused="PH"),
        4,
        of="referral",
    ),
    Page(
        "baskets:service_ask", May(f"{KEEPERS}SD", hidden="ZTGV", refused="PHWO"), 8, of="in_basket"
    ),
    Page("baskets:shortlists", MEMBERS, 4, seen=("", NOTHING)),
    Page("baskets:shortlist_new", MEMBERS, 6, seen=("", "?szukaj=kosmos")),
    Page("baskets:shortlist", MEMBERS, 8, of="shortlist", seen=("shortlist", "empty_list")),
    Page("baskets:shortlist_add", MEMBERS, 7, of="shortlist"),
    Page("baskets:shortlist_order", MEMBERS, 4, of="shortlist"),
    Page("baskets:shortlist_pl", MEMBERS, 9, of="shortlist", seen=FILE),
    Page("baskets:shortlist_uk", MEMBERS, 9, of="shortlist", seen=FILE),
    Page("baskets:cards", f"{KEEPERS}DPHO", {"L": 9, "P": 8}),
    Page("baskets:card_new", f"{KEEPERS}PHO", {"L": 5, "P": 4}),
    Page("baskets:card_community", KEEPERS, 4),
    Page("baskets:card", OF_OWNER, 6, of="service_card", seen=("service_card", "bare_card")),
    Page("baskets:card_edit", KEPT, 3, of="service_card"),
    Page("baskets:card_service", KEPT, 3, of="service_card"),
    Page(
        "baskets:service",
        May(MEMBERS, hidden="ZTGV"),
        {"L": 10, "P": 8},
        of="in_basket",
        seen=(
            "in_basket",
            "in_draft",
            "handed_in",
            "sent_back",
            "changed",
            "stopped",
            "ended",
            "adopted",
            "to_look_at",
        ),
    ),
    Page("baskets:card_pdf", OF_OWNER, 6, of="service_card", seen=FILE),
    Page("baskets:card_docx", OF_OWNER, 7, of="service_card", seen=FILE),
    Page("baskets:card_prepare", OF_OWNER, 3, of="service_card"),
    Page("baskets:card_check", KEPT, 5, of="late_card"),
    Page("baskets:check_link", May(led=PUBLIC), of="check_link", seen=LEADS_ON),
    Page("baskets:check_by_link", May(hidden=PUBLIC), of="late_check", seen=STATES),
    Page("baskets:checks", KEEPERS, 5, seen=("", NOTHING)),
    Page("baskets:calls_pdf", KEEPERS, 8, seen=FILE),
    Page("baskets:calls_docx", KEEPERS, 9, seen=FILE),
    Page("baskets:calls_prepare", KEEPERS, 2, seen=("",)),
    Page("baskets:check_call", May(KEEPERS, hidden="SWOZTGVD", refused="PH"), 4, of="late_check"),
    Page("baskets:service_report", May(MEMBERS, hidden="ZTGV"), 3, of="in_basket"),
    Page("baskets:report", May(f"{KEEPERS}PH", hidden="SDWOZTGV"), 3, of="service_report"),
    Page("baskets:imports", KEEPERS, 4),
    Page("baskets:import_new", KEEPERS, 2),
    Page("baskets:import", OF_IMPORT, 6, of="import_ready", seen=("import_ready", "import_waits")),
    Page("baskets:import_confirm", OF_IMPORT, 7, of="import_ready"),
    Page("baskets:import_drop", OF_IMPORT, 3, of="import_ready"),
    Page("baskets:import_institutions", KEEPERS, 2, seen=FILE),
    Page("baskets:import_services", KEEPERS, 2, seen=FILE),
    Page("baskets:duplicates", KEEPERS, 5, seen=("",)),
    Page("baskets:duplicate", KEEPERS, 4, of="alike"),
    Page("baskets:editions", READERS, {"L": 9, "P": 5}),
    Page("baskets:edition_new", KEEPERS, 7),
    Page("baskets:edition", OF_EDITION, {"L": 6, "P": 8}, of="edition"),
    Page("baskets:edition_item", OF_EDITION, {"L": 6, "P": 8}, of="edition_item"),
    Page("baskets:edition_leaflets", OF_EDITION, {"L": 5, "P": 7}, of="edition"),
    Page("baskets:edition_prepare", OF_EDITION, {"L": 3, "P": 5}, of="edition"),
    *(
        Page(f"baskets:edition_{kind}", OF_EDITION, {"L": n, "P": n + 2}, of="edition", seen=FILE)
        for kind, n in (("pdf", 10), ("docx", 11), ("xlsx", 9), ("csv", 9), ("json", 9))
    ),
    Page("baskets:service_edit", May(f"{KEEPERS}PH", hidden="ZTGV"), 5, of="in_basket"),
    Page("baskets:service_file", KEPT, 3, of="in_draft"),
    Page("baskets:service_discard", KEPT, 5, of="in_draft"),
    Page(
        "baskets:service_history",
        May(f"{KEEPERS}PHD", refused="SWO", hidden="ZTGV"),
        4,
        of="in_basket",
        seen=("mended", "in_draft"),
    ),
    Page("baskets:service_take_back", KEPT, 3, of="handed_in"),
    Page("baskets:service_accept", May(KEEPERS, hidden="SWOZTGV"), 8, of="handed_in"),
    Page("baskets:service_return", May(KEEPERS, hidden="SWOZTGV"), 3, of="handed_in"),
    Page("baskets:service_confirm", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="in_basket"),
    Page("baskets:service_cycle", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="in_basket"),
    Page("baskets:service_stop", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="in_basket"),
    Page("baskets:service_resume", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="stopped"),
    Page("baskets:service_end", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="in_basket"),
    Page("baskets:card_master", May("PH", hidden="SWOZTGV"), {"P": 3}, of="service_card"),
    Page("baskets:masters", KEEPERS, 5, seen=("", NOTHING)),
    Page("baskets:master", KEEPERS, 5, of="offered_master"),
    Page("baskets:master_adopt", KEEPERS, 5, of="offered_master"),
    Page("baskets:service_local", May(KEEPERS, hidden="ZTGV"), 3, of="adopted"),
    Page("baskets:service_look_at", May(KEEPERS, hidden="ZTGV"), 3, of="to_look_at"),
    Page("baskets:service_detach", May(KEEPERS, hidden="ZTGV"), 3, of="adopted"),
]


def _master(rows: Rows, name: str) -> MasterService:
    """A service of the directory, of an institution that is a kooperant here."""
    keeper = rows["master_keeper"]
    return make_masters.service(keeper, rows["master_card_here"], name=name)


def _card_of_masters(rows: Rows) -> MasterCard:
    return make_masters.card(rows["master_keeper"], current_tenant(), rows["member"].regon)


def _adopted(rows: Rows, name: str = "Poradnia z katalogu") -> Service:
    by, master = make_people.by(rows["lead"]), _master(rows, name)
    values = {"note": "U nas we wtorki, w urzędzie gminy, po wcześniejszym telefonie."}
    return adopting.adopt(by=by, master_id=master.pk, key=uuid7(), values=values)


def _to_look_at(rows: Rows) -> Service:
    """Its institution has changed its cost and told of its end."""
    service = _adopted(rows, "Poradnia, która się zmienia")
    by = accounts.acting(rows["master_keeper"])
    master = MasterService.objects.get(pk=service.followed.master_id)
    values = {"cost": Cost.PAID, "cost_about": "200 zł za spotkanie"}
    masters.edit(by=by, service_id=master.pk, version=master.version, values=values)
    ended_on = timezone.localdate() + timedelta(days=30)
    masters.end(by=by, service_id=master.pk, ended_on=ended_on, why="koniec projektu")
    with transaction.atomic():
        bringing.keep_up(bringing.master_of(master.pk))
    return Service.objects.select_related("adoption").get(pk=service.pk)


def _long(rows: Rows) -> Service:
    """All that can be said, at length."""
    return make.accepted(
        make_people.by(rows["lead"]),
        rows["member"],
        name=f"Poradnia {make_people.LONG}"[:200],
        groups=[one for one in Group if one != Group.ALL],
        ways=list(Way),
        area="Wymyślonowo i sołectwa: Zmyślonka, Pozorna, Niby-Wola, Przykładowice Wielkie",
        legal_basis="art. 0 ustawy przykładowej",
        referral="lekarz rodzinny albo pedagog szkolny",
        needs_decision=True,
        conditions="Dla mieszkańców gminy.\nBez względu na dochód.",
        papers="dowód osobisty",
        cost=Cost.PARTLY,
        cost_about="20 zł za godzinę, zależnie od dochodu",
        places=3,
        waiting_days=14,
        counted_on=timezone.localdate(),
        features={Feature.STEP_FREE: Has.YES, Feature.LIFT: Has.NO},
        languages=[Language.POLISH, Language.UKRAINIAN],
        contact_name="Anna Przykładowa-Zmyślona",
        email="poradnia@pokaz.example",
        website="https://pokaz.example/poradnia",
        sees_contact=Visibility.TENANT,
    )


def _listed(rows: Rows, *of: Service) -> Shortlist:
    by, services = make_people.by(rows["lead"]), [str(one.pk) for one in of]
    return shortlists.begin(by=by, key=uuid7(), services=services)


def _accepted_referral(rows: Rows) -> Referral:
    today = timezone.localdate()
    return Referral.objects.create(
        service=rows["in_basket"],
        state=ReferralState.ACCEPTED,
        asked_on=today,
        answered_on=today,
    )


def _sent_back(rows: Rows) -> Service:
    by = make_people.by(rows["lead"])
    service = make.filed(by, rows["member"], name="Zajęcia dla seniorów")
    return entries.send_back(
        by=by, service_id=service.pk, version=service.version, reason="Podaj godziny."
    )


def _stopped(rows: Rows) -> Service:
    by, today = make_people.by(rows["lead"]), timezone.localdate()
    service = make.accepted(by, rows["member"], name="Świetlica z przerwą")
    return services.stop(
        by=by, service_id=service.pk, from_on=today, until_on=today, why="remont dachu"
    )


def _ended(rows: Rows) -> Service:
    by = make_people.by(rows["lead"])
    service = make.accepted(by, rows["member"], name="Klub, którego już nie ma")
    return services.end(
        by=by, service_id=service.pk, ended_on=timezone.localdate(), why="koniec projektu"
    )


def _late(rows: Rows) -> CardCheck:
    """A card with a service that was to be confirmed a while ago."""
    by = make_people.by(rows["lead"])
    service = make.accepted(by, rows["member"], name="Klub, o który pytamy")
    service.due_on = timezone.localdate() - timedelta(days=3)
    service.save(update_fields=["due_on"])
    rounds.open_round(by=by, card_id=service.card_id)
    return CardCheck.objects.get(card=service.card_id)


def _link(rows: Rows) -> str:
    """The link of a mail to the office, about the Lider's own card."""
    by = make_people.by(rows["lead"])
    service = make.accepted(by, None, name="Praca socjalna, o którą pytamy")
    service.due_on = timezone.localdate()
    service.save(update_fields=["due_on"])
    rounds.open_round(by=by, card_id=service.card_id)
    check = CardCheck.objects.get(card=service.card_id)
    return new_token(check, readers(check.card)[0].email, "")


def _changed(rows: Rows) -> Service:
    by = make_people.by(rows["lead"])
    service = make.accepted(by, rows["member"], name="Poradnia ze zmianą")
    return make.refiled(by, service, phone="77 400 00 02", about="Rozmowa z psychologiem.")


def _mended(rows: Rows) -> Service:
    by = make_people.by(rows["lead"])
    service = make.accepted(by, rows["member"], name="Poradnia z poprawką")
    return make.taken_in(by, make.refiled(by, service, about="Rozmowa z psychologiem."))


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


ROWS = {
    "mended": _mended,
    "service_card": lambda rows: rows["in_basket"].card,
    "bare_card": lambda rows: make.card(make_people.by(rows["lead"]), None),
    "in_basket": _long,
    "gap": lambda rows: gaps.mark(
        by=make_people.by(rows["lead"]),
        key=uuid7(),
        type_code="basen",
        group=Group.YOUTH,
        planned_on=timezone.localdate(),
    ),
    "referral": lambda rows: referrals.ask(
        by=make_people.by(rows["lead"]), service_id=rows["in_basket"].pk, key=uuid7(), of=LEAD
    ),
    "accepted_referral": _accepted_referral,
    "shortlist": lambda rows: _listed(rows, rows["in_basket"]),
    "empty_list": lambda rows: _listed(rows),
    "import_waits": lambda rows: _import(rows, is_checked=False),
    "import_ready": lambda rows: _import(rows, is_checked=True),
    "alike": _alike,
    "edition": _edition,
    "edition_item": lambda rows: (
        rows["edition"].pk,
        rows["edition"].items.get(entry__service=rows["in_basket"]).pk,
    ),
    "in_draft": lambda rows: make.drafted(make_people.by(rows["lead"]), rows["member"]),
    "handed_in": lambda rows: make.filed(make_people.by(rows["lead"]), rows["member"]),
    "sent_back": _sent_back,
    "changed": _changed,
    "service_report": lambda rows: reports.report(
        by=make_people.by(rows["lead"]),
        service_id=rows["in_basket"].pk,
        key=uuid7(),
        text="Nikt nie odbiera telefonu od dwóch tygodni, a na drzwiach wisi kartka o remoncie.",
    ),
    "late_check": _late,
    "check_link": _link,
    "late_card": lambda rows: rows["late_check"].card,
    "stopped": _stopped,
    "master_keeper": lambda rows: accounts.with_totp(accounts.account()),
    "master_card_here": _card_of_masters,
    "offered_master": lambda rows: _master(rows, "Poradnia do przyjęcia"),
    "adopted": _adopted,
    "to_look_at": _to_look_at,
    "ended": _ended,
}


def more(rows: Rows) -> None:
    for one in rows["others"]:
        make.accepted(make_people.by(rows["lead"]), one)
