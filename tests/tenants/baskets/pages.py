"""Pages of cards of services and of the basket."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import current_tenant
from tenants.baskets.actions import (
    adopting,
    bringing,
    cards,
    entries,
    gaps,
    hidden_places,
    referrals,
    reports,
    searches,
    services,
    shortlists,
)
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.searches import SavedSearch
from tenants.baskets.models.services import Service
from tenants.baskets.models.shortlists import Shortlist
from tenants.baskets.workflow import ReferralState
from tenants.masters.actions import services as masters
from tenants.masters.models import MasterCard, MasterService
from tenants.registry.roles import Role
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.visibility import Visibility
from tenants.teams.sides import LEAD
from tests.declared import FILE, KEEPERS, NOTHING, May, Page, Rows
from tests.factories import accounts
from tests.factories import baskets as make
from tests.factories import masters as make_masters
from tests.factories import people as make_people
from tests.factories import types as make_types
from tests.tenants.baskets import pages_confirmed, pages_issued
from tests.tenants.baskets.pages_issued import READERS

# Whoever keeps the card; for others the row is not there.
OF_OWNER = May(f"{KEEPERS}PHD", hidden="SWOZTGV")
OF_REFERRAL = May(f"{KEEPERS}DPHS", hidden="WOZTGV")
KEPT = May(f"{KEEPERS}PH", hidden="SWOZTGV", refused="D")

# A saved search is its reader's alone, here the Lider's officer's.
OF_READER = May("L", hidden="ANSDPHWOZTGV")

PAGES = [
    Page(
        "baskets:basket",
        READERS,
        6,
        seen=(
            "",
            "?dla=SENIORS&teraz=on&dzien=0&godzina=8&dostepnosc=LIFT",
            "?dziedzina=zdrowie&gdzie=ON_SITE&koszt=FREE&jezyk=uk&miejsca=on&wiek=7&odleglosc=POWIAT",
            NOTHING,
        ),
    ),
    Page("baskets:gaps", READERS, 7, seen=("", "?dla=SENIORS", NOTHING)),
    Page("baskets:gaps_marked", READERS, {"L": 6, "P": 4}, seen=("", NOTHING)),
    Page("baskets:gaps_unfound", KEEPERS, 3, seen=("", NOTHING)),
    Page("baskets:gap_new", KEEPERS, 2),
    Page("baskets:gap_plan", KEEPERS, 3, of="gap"),
    Page("baskets:gap_drop", KEEPERS, 3, of="gap"),
    Page("baskets:own_types", KEEPERS, 4, seen=("", NOTHING)),
    Page("baskets:own_type_new", KEEPERS, 2),
    Page("baskets:own_type_edit", KEEPERS, 3, of="own_type"),
    Page("baskets:own_type_end", KEEPERS, 3, of="own_type"),
    Page("baskets:referrals", READERS, {"L": 4, "P": 5}, seen=("", NOTHING)),
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
        "baskets:service_ask", May(f"{KEEPERS}SD", hidden="OZTGV", refused="PHW"), 8, of="in_basket"
    ),
    Page("baskets:resources", READERS, 4, seen=("", NOTHING)),
    Page("baskets:searches", READERS, {"L": 4, "P": 3}, seen=("", NOTHING)),
    Page("baskets:search_new", READERS, 6, seen=("?szukaj=psycholog&dla=SENIORS",)),
    Page("baskets:search", OF_READER, 10, of="saved_search", seen=("saved_search", "fresh_search")),
    Page("baskets:search_rename", OF_READER, 3, of="saved_search"),
    Page("baskets:search_end", OF_READER, 3, of="saved_search"),
    Page("baskets:shortlists", READERS, 4, seen=("", NOTHING)),
    Page("baskets:shortlist_new", READERS, 6, seen=("", "?szukaj=kosmos")),
    Page("baskets:shortlist", READERS, 9, of="shortlist", seen=("shortlist", "empty_list")),
    Page("baskets:shortlist_add", READERS, 7, of="shortlist"),
    Page("baskets:shortlist_order", READERS, 4, of="shortlist"),
    Page("baskets:shortlist_pl", READERS, 9, of="shortlist", seen=FILE),
    Page("baskets:shortlist_uk", READERS, 9, of="shortlist", seen=FILE),
    Page("baskets:shortlist_latwa", READERS, 9, of="shortlist", seen=FILE),
    Page("baskets:cards", f"{KEEPERS}DPHO", {"L": 9, "P": 8}),
    Page("baskets:cards_missing", f"{KEEPERS}D", 8, seen=("", NOTHING)),
    Page("baskets:cards_remind", KEEPERS, 2),
    Page("baskets:card_new", f"{KEEPERS}PHO", {"L": 5, "P": 4}),
    Page("baskets:card_community", KEEPERS, 4),
    Page("baskets:card", OF_OWNER, 7, of="service_card", seen=("service_card", "bare_card")),
    Page("baskets:card_edit", KEPT, 3, of="service_card"),
    Page("baskets:card_service", KEPT, 4, of="service_card"),
    Page("baskets:card_merge", May(KEEPERS, hidden="SPHWOZTGV", refused="D"), 7, of="two_cards"),
    Page(
        "baskets:service",
        May(READERS, hidden="OZTGV"),
        {"L": 11, "P": 9},
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
            "hidden_place",
        ),
    ),
    Page("baskets:card_pdf", OF_OWNER, 6, of="service_card", seen=FILE),
    Page("baskets:card_docx", OF_OWNER, 7, of="service_card", seen=FILE),
    Page("baskets:card_prepare", OF_OWNER, 3, of="service_card"),
    Page("baskets:card_check", KEPT, 5, of="late_card"),
    *pages_confirmed.PAGES,
    Page("baskets:service_report", May(READERS, hidden="OZTGV"), 3, of="in_basket"),
    Page("baskets:report", May(f"{KEEPERS}PH", hidden="SDWOZTGV"), 3, of="service_report"),
    *pages_issued.PAGES,
    Page("baskets:service_edit", May(f"{KEEPERS}PH", hidden="OZTGV"), 5, of="in_basket"),
    Page("baskets:service_elsewhere", May(f"{KEEPERS}PH", hidden="OZTGV"), 4, of="in_basket"),
    Page("baskets:service_file", KEPT, 3, of="in_draft"),
    Page("baskets:service_discard", KEPT, 5, of="in_draft"),
    Page(
        "baskets:service_history",
        May(f"{KEEPERS}PHD", refused="SW", hidden="OZTGV"),
        4,
        of="in_basket",
        seen=("mended", "in_draft"),
    ),
    Page("baskets:service_take_back", KEPT, 3, of="handed_in"),
    Page("baskets:service_accept", May(KEEPERS, hidden="SWOZTGV"), 8, of="handed_in"),
    Page("baskets:service_return", May(KEEPERS, hidden="SWOZTGV"), 3, of="handed_in"),
    Page("baskets:service_confirm", May(f"{KEEPERS}PH", hidden="OZTGV"), 3, of="in_basket"),
    Page("baskets:service_cycle", May(f"{KEEPERS}PH", hidden="OZTGV"), 3, of="in_basket"),
    Page("baskets:service_stop", May(f"{KEEPERS}PH", hidden="OZTGV"), 3, of="in_basket"),
    Page("baskets:service_resume", May(f"{KEEPERS}PH", hidden="OZTGV"), 3, of="stopped"),
    Page("baskets:service_end", May(f"{KEEPERS}PH", hidden="OZTGV"), 3, of="in_basket"),
    Page("baskets:card_master", May("PH", hidden="SWOZTGV"), {"P": 3}, of="service_card"),
    Page("baskets:masters", KEEPERS, 5, seen=("", NOTHING)),
    Page("baskets:master", KEEPERS, 5, of="offered_master"),
    Page("baskets:master_adopt", KEEPERS, 5, of="offered_master"),
    Page("baskets:service_local", May(KEEPERS, hidden="OZTGV"), 3, of="adopted"),
    Page("baskets:service_look_at", May(KEEPERS, hidden="OZTGV"), 3, of="to_look_at"),
    Page("baskets:service_detach", May(KEEPERS, hidden="OZTGV"), 3, of="adopted"),
    Page("baskets:service_place", May(KEEPERS, hidden="OZTGV"), 3, of="hidden_place"),
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


def _with_hidden_place(rows: Rows) -> Service:
    """Detached before its institution told that the place is a protected one."""
    by, service = make_people.by(rows["lead"]), _adopted(rows, "Poradnia, którą odłączono")
    adopting.detach(by=by, service_id=service.pk)
    with transaction.atomic():
        hidden_places.hide(bringing.master_of(service.adoption.master_id))
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
        easy_to_read="To jest pomoc dla rodziny.\nMożesz przyjść sam.\nNic nie płacisz.",
        in_ukrainian="Це допомога для сім'ї.\nЗателефонуйте і домовтеся.",
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


def _fresh(rows: Rows) -> SavedSearch:
    """A search in which something new was found."""
    search = searches.save_search(
        by=make_people.by(rows["reader"]),
        key=uuid7(),
        name="Po telefonie",
        choices={"gdzie": "REMOTE"},
    )
    search.news, search.news_on = [str(rows["in_basket"].pk)], timezone.localdate()
    search.save(update_fields=["news", "news_on"])
    return search


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


def _changed(rows: Rows) -> Service:
    by = make_people.by(rows["lead"])
    service = make.accepted(by, rows["member"], name="Poradnia ze zmianą")
    return make.refiled(by, service, phone="77 400 00 02", about="Rozmowa z psychologiem.")


def _mended(rows: Rows) -> Service:
    by = make_people.by(rows["lead"])
    service = make.accepted(by, rows["member"], name="Poradnia z poprawką")
    return make.taken_in(by, make.refiled(by, service, about="Rozmowa z psychologiem."))


def _two_cards(rows: Rows) -> Any:
    """The card of a kooperant, and one of an entry that is the same once more."""
    by = make_people.by(rows["lead"])
    other = make_people.organisation(name="Poradnia Zmyslona", regon="")
    gone = cards.begin_community(by=by, key=uuid7(), organisation_id=other.pk)
    make.accepted(by, other, name="Klub seniora")
    return rows["service_card"].pk, gone.pk


ROWS: dict[str, Any] = {
    **pages_confirmed.ROWS,
    **pages_issued.ROWS,
    "mended": _mended,
    "service_card": lambda rows: rows["in_basket"].card,
    "bare_card": lambda rows: make.card(make_people.by(rows["lead"]), None),
    "two_cards": _two_cards,
    "in_basket": _long,
    "own_type": lambda rows: make_types.own(make_people.by(rows["lead"])).pk,
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
    "reader": lambda rows: make_people.person(Role.SOCIAL_WORKER, account=accounts.account()),
    "saved_search": lambda rows: searches.save_search(
        by=make_people.by(rows["reader"]),
        key=uuid7(),
        name="Psycholog dla dzieci",
        choices={"szukaj": "psycholog", "dla": "YOUTH"},
    ),
    "fresh_search": _fresh,
    "shortlist": lambda rows: _listed(rows, rows["in_basket"]),
    "empty_list": lambda rows: _listed(rows),
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
    "stopped": _stopped,
    "master_keeper": lambda rows: accounts.with_totp(accounts.account()),
    "master_card_here": _card_of_masters,
    "offered_master": lambda rows: _master(rows, "Poradnia do przyjęcia"),
    "adopted": _adopted,
    "to_look_at": _to_look_at,
    "hidden_place": _with_hidden_place,
    "ended": _ended,
}


def more(rows: Rows) -> None:
    for one in rows["others"]:
        make.accepted(make_people.by(rows["lead"]), one)
