"""Lines of "Co dziś" about the GGK: a delegation to accept, a coordinator to appoint (POR-C §3)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef

from gmina.ggk import perms
from gmina.ggk.models import DelegationRequest, Group, GroupCoordinator
from gmina.ggk.sides import coordinates, has_promised, is_delegate
from gmina.ggk.standing import is_gmina, ways_of, why_unbound
from gmina.ggk.workflow import DELEGATING, SECRECY, DelegationState
from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import pl_date
from tenants.people.models import Person
from tenants.people.perms import is_of_office
from tenants.people.today import Awaited, Waiting

_COORDINATING = "§ 3 ust. 3 porozumienia"


@fact
def _groups(day: date) -> tuple[Group, ...]:
    """Groups of a day, each with whether somebody coordinates it."""
    if not is_gmina():
        return ()
    held = GroupCoordinator.objects.on(day).filter(group=OuterRef("pk"))
    return tuple(Group.objects.on(day).annotate(is_led=Exists(held)).order_by("pk"))


def delegations_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For whom an institution named: to accept the delegation."""
    if not is_delegate(person) or not is_gmina():
        return
    rows = DelegationRequest.objects.filter(
        state=DelegationState.NAMED, person__in=person.entries
    ).order_by("pk")
    for row in rows:
        yield Waiting(
            f"Przyjmij delegację do GGK: {row.what_they_do}",
            row.url_of("accept"),
            SECRECY,
            f"Deleguje Cię: {row.party_name}",
            since=row.answered_on,
            matter="Delegacja do GGK",
            about=row.pk,
        )


def must_promise(person: Person, group: Group) -> bool:
    """The person coordinates the group and has not yet undertaken secrecy."""
    return not group.is_over and coordinates(person, group.pk) and not has_promised(person, None)


def secrecy_waits(person: Person, day: date) -> Iterator[Waiting]:
    """For the coordinator: to undertake secrecy before reading what the group does."""
    if not is_of_office(person):
        return
    for group in _groups(day):
        if must_promise(person, group):
            yield Waiting(
                "Złóż oświadczenie o poufności jako koordynator GGK",
                group.url_of("promise"),
                SECRECY,
                "Do tego czasu nie zobaczysz prac grupy",
                since=group.from_on,
                matter="Oświadczenie koordynatora GGK",
                about=group.pk,
            )


def groups_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the office: a group without a coordinator, or without an agreement to rest on."""
    if not perms.keep_groups(person):
        return
    for group in _groups(day):
        if not group.is_led:  # type: ignore[attr-defined]
            yield Waiting(
                "Wskaż koordynatora Gminnej Grupy Kooperacji",
                group.url_of("coordinator"),
                _COORDINATING,
                since=group.from_on,
                matter="Koordynator GGK",
                about=group.pk,
            )
        if why_unbound(group):
            yield Waiting(
                "Zdecyduj, co dalej z Gminną Grupą Kooperacji",
                group.url,
                "§ 3 ust. 1 porozumienia",
                "Porozumienie, na którym się opiera, nie obowiązuje albo nie obejmuje tej gminy",
                since=group.from_on,
                matter="GGK bez porozumienia",
                about=group.agreement_id,
            )


def delegations_awaited(person: Person, day: date) -> Iterator[Awaited]:
    """For the office: requests that institutions have not answered, and delegates who have not."""
    if not is_of_office(person) or not _groups(day):
        return
    open_ones = DelegationRequest.objects.filter(
        state__in=[DelegationState.ASKED, DelegationState.NAMED]
    )
    rows = list(open_ones.select_related("group").order_by("answer_by", "pk"))
    ways = ways_of(rows)
    for row in rows:
        if not perms.ask(person, row.group):
            continue
        text = f"Odpowiedź do {pl_date(row.answer_by)}" if row.is_asked else "Osoba ma ją przyjąć"
        way = ways.get(row.pk, "")
        yield Awaited(
            title=f"Delegowanie do GGK: {row.asked_for}",
            href=row.url,
            text=f"{text}; {way}" if way else text,
            clause=DELEGATING,
            is_overdue=row.is_overdue,
        )
