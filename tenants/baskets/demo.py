"""The basket of an invented unit: cards of the Lider and of kooperanci, with services in every state."""

from datetime import date, timedelta
from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from tenants.baskets import invented, invented_later
from tenants.baskets.actions import cards, dues, entries, missing, reports, rounds, services
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service
from tenants.baskets.standing import members_on
from tenants.partnership.models import Partnership
from tenants.people.actions.organisations import add_organisation
from tenants.people.models import RoleAssignment, Sector
from tenants.people.perms import VOICES
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tenants.services.hours import DAY, Hours, Interval, kept
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.visibility import Visibility
from tenants.teams.sides import LEAD, code_of

_OFFICE = Hours(((Interval.of("7:30", "15:30"),),) * 5 + ((), ()))
_AFTERNOONS = Hours(((Interval.of("12:00", "18:00"),),) * 5 + ((), ()))
_ALWAYS = Hours(((Interval(0, DAY),),) * 7)
_USUAL: dict[str, Any] = {
    "ways": [Way.ON_SITE],
    "cost": Cost.FREE,
    "hours": kept(_OFFICE),
    "languages": [Language.POLISH],
    "street": "ul. Pokazowa 1",
    "postal_code": "00-000",
    "phone": "77 400 00 00",
    "features": {Feature.STEP_FREE: Has.YES, Feature.LIFT: Has.NO},
}
_NUMBERS = ("places", "waiting_days", "counted_on")
_LEVELS = ("sees_service", "sees_contact", "sees_place")
_FOR_ALL = dict.fromkeys(_LEVELS, Visibility.PUBLIC)
_FOR_PARTNERS = dict.fromkeys(_LEVELS, Visibility.REGION)
_OF_LEAD: tuple[dict[str, Any], ...] = (
    {
        "name": "Praca socjalna",
        **_FOR_ALL,
        "type_code": "praca-socjalna",
        "about": "Rozmowa z pracownikiem socjalnym: pomaga ułożyć plan i załatwić sprawy w urzędach.",
        "groups": [Group.ALL],
        "ways": [Way.ON_SITE, Way.OUTREACH],
        "access": "Przyjdź albo zadzwoń. Pracownik socjalny może też przyjść do domu.",
    },
    {
        "name": "Noclegownia i ogrzewalnia",
        **_FOR_ALL,
        "type_code": "noclegownia",
        "about": "Ciepłe miejsce do spania, prysznic i posiłek dla osób, które nie mają dachu nad głową.",
        "groups": [Group.HOMELESS],
        "access": "Zadzwoń o każdej porze: powiemy, dokąd przyjść.",
        "hours": kept(_ALWAYS),
        "is_protected": True,
        "street": "",
        "postal_code": "",
        "features": {},
    },
    {
        "name": "Usługi opiekuńcze w domu",
        **_FOR_ALL,
        "type_code": "uslugi-opiekuncze",
        "about": "Opiekunka pomaga w domu: zakupy, posiłki, higiena, towarzystwo.",
        "groups": [Group.SENIORS, Group.DISABLED],
        "ways": [Way.OUTREACH],
        "access": "Zadzwoń do ośrodka. Pracownik socjalny przyjdzie porozmawiać.",
        "needs_decision": True,
        "papers": "dowód osobisty, zaświadczenie lekarskie",
        "cost": Cost.PARTLY,
        "cost_about": "zależnie od dochodu, do 30 zł za godzinę",
        "places": 4,
        "waiting_days": 14,
    },
    {
        "name": "Mieszkanie interwencyjne",
        "type_code": "schronienie",
        "about": "Bezpieczne miejsce na kilka dni dla osób, które uciekają przed przemocą.",
        "groups": [Group.VIOLENCE, Group.FAMILIES],
        "access": "Zadzwoń o każdej porze.",
        "hours": kept(_ALWAYS),
        "is_protected": True,
        "street": "",
        "postal_code": "",
        **_FOR_ALL,
    },
)
_OF_SECTOR: dict[str, tuple[dict[str, Any], ...]] = {
    Sector.EDUCATION: (
        {
            "name": "Świetlica po lekcjach",
            **_FOR_ALL,
            "type_code": "swietlica",
            "about": "Odrabianie lekcji, zabawa i podwieczorek.",
            "groups": [Group.YOUTH, Group.FAMILIES],
            "access": "Zapisz dziecko w sekretariacie.",
            "hours": kept(_AFTERNOONS),
            "places": 6,
        },
    ),
    Sector.HEALTH: (
        {
            "name": "Psycholog dla dorosłych",
            **_FOR_ALL,
            "type_code": "psycholog",
            "about": "Rozmowa z psychologiem w kryzysie, po stracie, w chorobie.",
            "groups": [Group.MENTAL_HEALTH, Group.CARERS],
            "ways": [Way.ON_SITE, Way.REMOTE],
            "access": "Zadzwoń i umów się.",
            "easy_to_read": "Psycholog to osoba, z którą możesz porozmawiać.\n"
            "Możesz mówić o tym, co Cię boli.\nNikt inny się nie dowie.\nZadzwoń i umów się.",
            "in_ukrainian": "Розмова з психологом: у кризі, після втрати, у хворобі.\n"
            "Зателефонуйте і домовтеся про зустріч. Говоримо також українською.",
            "waiting_days": 21,
            "languages": [Language.POLISH, Language.UKRAINIAN],
        },
    ),
    Sector.NGO: (
        {
            "name": "Paczki żywnościowe",
            **_FOR_PARTNERS,
            "type_code": "paczki",
            "about": "Żywność dla osób i rodzin w trudnej sytuacji.",
            "groups": [Group.ALL],
            "access": "Przyjdź we wtorek ze skierowaniem z ośrodka.",
            "referral": "ośrodek pomocy społecznej",
            "hours": kept(Hours(((), (Interval.of("9:00", "13:00"),), (), (), (), (), ()))),
        },
        {
            "name": "Kawiarenka sąsiedzka",
            **_FOR_ALL,
            "type_code": "klub-seniora",
            "about": "Spotkania przy kawie, gry i rękodzieło.",
            "groups": [Group.SENIORS],
            "access": "Przyjdź, nie trzeba się zapisywać.",
            "hours": kept(_AFTERNOONS),
        },
    ),
    Sector.LABOUR: (
        {
            "name": "Doradca zawodowy",
            "type_code": "doradca",
            "about": "Pomoc w wyborze zawodu, kursu i w napisaniu CV.",
            "groups": [Group.UNEMPLOYED],
            "access": "Umów się telefonicznie.",
        },
    ),
    Sector.CULTURE: (
        {
            "name": "Zajęcia w domu kultury",
            **_FOR_ALL,
            "type_code": "dom-kultury",
            "about": "Plastyka, teatr i muzyka dla dzieci i dorosłych.",
            "groups": [Group.ALL],
            "access": "Zapisy przez cały rok.",
            "hours": kept(_AFTERNOONS),
            "cost": Cost.PARTLY,
            "cost_about": "20 zł za miesiąc",
        },
    ),
}
_CIRCLE = {"name": "Koło Gospodyń Pokazowych", "sector": Sector.NGO}
_COOKING: dict[str, Any] = {
    "name": "Obiady dla sąsiadów",
    **_FOR_ALL,
    "type_code": "posilki",
    "about": "Ciepły obiad w świetlicy wiejskiej, w niedziele i święta.",
    "groups": [Group.ALL],
    "access": "Przyjdź albo zadzwoń, ktoś przywiezie.",
    "hours": kept(Hours(((), (), (), (), (), (), (Interval.of("12:00", "14:00"),)))),
}
_COMPETENCES = "Psycholog (1 osoba): wsparcie w kryzysie.\nPedagog (2 osoby): praca z dziećmi."
_RESOURCES = "Sala na 20 osób, po godzinie 16:00, bezpłatnie."


def write(unit: str, today: date) -> None:
    """Cards of the Lider and of kooperanci who have somebody to speak for them."""
    lead = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).first()
    if lead is None or Card.objects.exists() or Partnership.is_dissolved():
        return
    office = _actor(lead)
    own = _card(office, LEAD)
    *before, later = _OF_LEAD
    for said in before:
        _taken_in(office, office, own, unit, today, said)
    _of_community(office, unit, today)
    written = [
        service
        for voice in _voices(today)
        for service in _written(office, _actor(voice), voice, unit, today)
    ]
    invented.first_edition(office, today)
    _taken_in(office, office, own, unit, today, later)
    for service, change in zip(written, (_late, _with_break, _with_change, _ended), strict=False):
        change(office, service, today)
    invented_later.write(office, today)
    for membership in missing.late(today):
        missing.remind(membership_id=membership, day=today)
    invented.second_edition(office)
    if written:
        _still_to_be_looked_at(office, written[0].card, unit)


def _of_community(office: Actor, unit: str, today: date) -> None:
    """A circle that is no kooperant and still helps."""
    circle = add_organisation(by=office, key=uuid7(), values={**_CIRCLE, "city": unit})
    card = cards.begin_community(by=office, key=uuid7(), organisation_id=circle.pk)
    service = _added(office, card, unit, _COOKING)
    service = entries.take_in(
        by=office, service_id=service.pk, version=service.version, how=How.PHONE
    )
    _confirmed(service, today - timedelta(days=20), today)


def _actor(role: RoleAssignment) -> Actor:
    name = role.person.full_name
    return Actor(None, name, role=role.role, via=Via.TASK, person_id=role.person_id)


def _voices(today: date) -> list[RoleAssignment]:
    """One person of each kooperant of the sectors above, the oldest first."""
    held = RoleAssignment.objects.on(today).filter(
        role__in=VOICES,
        organisation__in=members_on(today),
        organisation__sector__in=list(_OF_SECTOR),
    )
    found: dict[object, RoleAssignment] = {}
    for role in held.select_related("person", "organisation").order_by("pk"):
        found.setdefault(role.organisation_id, role)
    return list(found.values())


def _written(
    office: Actor, by: Actor, voice: RoleAssignment, unit: str, today: date
) -> list[Service]:
    assert voice.organisation is not None
    card = _card(by, code_of(voice.organisation.pk))
    values = {"competences": _COMPETENCES, "resources": _RESOURCES}
    cards.edit(by=by, card_id=card.pk, version=card.version, values=values)
    offered = _OF_SECTOR[voice.organisation.sector]
    return [_taken_in(office, by, card, unit, today, said) for said in offered]


def _card(by: Actor, of: str) -> Card:
    return cards.begin(by=by, key=uuid7(), of=of)


def _added(by: Actor, card: Card, unit: str, said: dict[str, Any]) -> Service:
    values = {**_USUAL, "city": unit, **said}
    if {"places", "waiting_days"} & values.keys():
        values["counted_on"] = by.today - timedelta(days=3)
    return entries.add(by=by, card_id=card.pk, key=uuid7(), values=values)


def _taken_in(
    office: Actor, by: Actor, card: Card, unit: str, today: date, said: dict[str, Any]
) -> Service:
    service = _added(by, card, unit, said)
    how = How.OWNER
    service = entries.file(by=by, service_id=service.pk, version=service.version, how=how)
    service = entries.accept(by=office, service_id=service.pk, version=service.version)
    _confirmed(service, today - timedelta(days=40), today)
    return service


def _confirmed(service: Service, on: date, today: date) -> None:
    said = (on, service.confirmed_how, service.confirmed_by_name)
    columns = dues.confirmed(service, *said, today=today)
    service.save(update_fields=columns)


def _late(office: Actor, service: Service, today: date) -> None:
    """Its owner is asked to confirm it, and a reader has found something."""
    _confirmed(service, today - timedelta(days=400), today)
    rounds.open_round(by=office, card_id=service.card_id)
    text = "Nikt nie odbiera telefonu (pokaz)."
    reports.report(by=office, service_id=service.pk, key=uuid7(), text=text)


def _with_break(office: Actor, service: Service, today: date) -> None:
    services.stop(
        by=office,
        service_id=service.pk,
        from_on=today - timedelta(days=2),
        until_on=today + timedelta(days=12),
        why="remont sali",
    )


def _with_change(office: Actor, service: Service, today: date) -> None:
    latest = service.latest
    said = {
        name: getattr(latest, name)
        for name in ("type_code", "groups", "access", *_NUMBERS, *_LEVELS, *_USUAL)
    }
    values = {
        **said,
        "name": latest.name,
        "about": f"{latest.about} Także w soboty.",
        "city": latest.city,
        "phone": "77 400 00 99",
    }
    by, key = office, service.pk
    service = entries.edit(by=by, service_id=key, version=service.version, values=values)
    entries.file(by=by, service_id=key, version=service.version, how="")


def _ended(office: Actor, service: Service, today: date) -> None:
    services.end(
        by=office,
        service_id=service.pk,
        ended_on=today - timedelta(days=5),
        why="skończyło się dofinansowanie",
    )


def _still_to_be_looked_at(office: Actor, card: Card, unit: str) -> None:
    """A service that waits for the Lider, one that came back, and a draft."""
    about = {
        "about": "Krótki opis do uzupełnienia.",
        "groups": [Group.FAMILIES],
        "access": "Zadzwoń.",
    }
    kinds = (("Grupa dla rodziców", "szkola-rodzicow"), ("Korepetycje", "pomoc-w-nauce"))
    for (name, kind), is_back in zip(kinds, (False, True), strict=True):
        service = _added(office, card, unit, {**about, "name": name, "type_code": kind})
        service = entries.file(
            by=office, service_id=service.pk, version=service.version, how=How.PHONE
        )
        if is_back:
            why = "Napisz, w jakie dni i dla których klas."
            entries.send_back(by=office, service_id=service.pk, version=service.version, reason=why)
    _added(office, card, unit, {**about, "name": "Logopeda", "type_code": "logopeda"})
