"""Pages of cards of services and of the basket."""

from datetime import timedelta

from django.utils import timezone
from uuid6 import uuid7

from tenants.baskets.actions import entries, reports, rounds, services
from tenants.baskets.links import new_token
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.told import readers
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.visibility import Visibility
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
from tests.factories import baskets as make
from tests.factories import people as make_people

# Whoever keeps the card; for others the row is not there.
OF_OWNER = May(f"{KEEPERS}PHD", hidden="SWOZTGV")
KEPT = May(f"{KEEPERS}PH", hidden="SWOZTGV", refused="D")

PAGES = [
    Page("baskets:basket", MEMBERS, 6, seen=("", "?dla=SENIORS&teraz=on", NOTHING)),
    Page("baskets:gaps", MEMBERS, 6, seen=("", "?dla=SENIORS", NOTHING)),
    Page("baskets:cards", f"{KEEPERS}DPHO", {"L": 7, "P": 6}),
    Page("baskets:card_new", f"{KEEPERS}PHO", {"L": 5, "P": 4}),
    Page("baskets:card", OF_OWNER, 5, of="service_card", seen=("service_card", "bare_card")),
    Page("baskets:card_edit", KEPT, 3, of="service_card"),
    Page("baskets:card_service", KEPT, 3, of="service_card"),
    Page(
        "baskets:service",
        May(MEMBERS, hidden="ZTGV"),
        6,
        of="in_basket",
        seen=("in_basket", "in_draft", "handed_in", "sent_back", "changed", "stopped", "ended"),
    ),
    Page("baskets:card_pdf", OF_OWNER, 6, of="service_card", seen=FILE),
    Page("baskets:card_docx", OF_OWNER, 7, of="service_card", seen=FILE),
    Page("baskets:card_prepare", OF_OWNER, 3, of="service_card"),
    Page("baskets:card_check", KEPT, 4, of="late_card"),
    Page("baskets:check_link", May(led=PUBLIC), of="check_link", seen=LEADS_ON),
    Page("baskets:check_by_link", May(hidden=PUBLIC), of="late_check", seen=STATES),
    Page("baskets:checks", KEEPERS, 5, seen=("", NOTHING)),
    Page("baskets:calls_pdf", KEEPERS, 8, seen=FILE),
    Page("baskets:calls_docx", KEEPERS, 9, seen=FILE),
    Page("baskets:calls_prepare", KEEPERS, 2, seen=("",)),
    Page("baskets:check_call", May(KEEPERS, hidden="SWOZTGVD", refused="PH"), 4, of="late_check"),
    Page("baskets:service_report", May(MEMBERS, hidden="ZTGV"), 3, of="in_basket"),
    Page("baskets:report", May(f"{KEEPERS}PH", hidden="SDWOZTGV"), 3, of="service_report"),
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
    Page("baskets:service_accept", May(KEEPERS, hidden="SWOZTGV"), 4, of="handed_in"),
    Page("baskets:service_return", May(KEEPERS, hidden="SWOZTGV"), 3, of="handed_in"),
    Page("baskets:service_confirm", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="in_basket"),
    Page("baskets:service_cycle", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="in_basket"),
    Page("baskets:service_stop", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="in_basket"),
    Page("baskets:service_resume", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="stopped"),
    Page("baskets:service_end", May(f"{KEEPERS}PH", hidden="ZTGV"), 3, of="in_basket"),
]


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


ROWS = {
    "mended": _mended,
    "service_card": lambda rows: rows["in_basket"].card,
    "bare_card": lambda rows: make.card(make_people.by(rows["lead"]), None),
    "in_basket": _long,
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
    "ended": _ended,
}


def more(rows: Rows) -> None:
    for one in rows["others"]:
        make.accepted(make_people.by(rows["lead"]), one)
