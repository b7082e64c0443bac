"""Services in plain words for a family, of each only what anybody may know (REG §3.4, §5.1.g).

A worker may name any service that partners see. Its contact and its address are for those whom its
owner chose; a family is none of the partners, so it reads them only where they are open to all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from kooperacja.documents import parts as p
from kooperacja.documents.papers import Paper
from kooperacja.ui.polish import pl_date
from kooperacja.ui.text import InLanguage
from tenants.baskets.basket import seen_by
from tenants.baskets.editions import REMOVED
from tenants.baskets.listed import owner_for_strangers
from tenants.baskets.models.services import ServiceEntry
from tenants.baskets.models.shortlists import Shortlist
from tenants.baskets.said import Seen
from tenants.baskets.workflow import EntryState
from tenants.partnership.models import Partnership
from tenants.partnership.papers import DAY, LEAD, lead_of
from tenants.services.said import PROTECTED
from tenants.services.terms import Language
from tenants.services.visibility import Visibility, reaches

POLISH, UKRAINIAN, EASY = "pl", "uk", "latwa"


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of one version of the list."""

    version: str  # what the office calls it
    lang: str
    title: str
    intro: str
    ask: str
    what: str
    how: str
    referral: str
    papers: str
    cost: str
    hours: str
    phone: str
    address: str
    languages: str


WORDS = {
    POLISH: Words(
        version="po polsku",
        lang="pl",
        title="Gdzie znajdziesz pomoc",
        intro="Zadzwoń albo przyjdź. Jeśli coś się nie uda, powiedz o tym osobie, która dała Ci tę listę.",
        ask="Zapytaj osobę, która dała Ci tę listę.",
        what="Co to jest",
        how="Co zrobić",
        referral="Kto kieruje",
        papers="Weź ze sobą",
        cost="Ile to kosztuje",
        hours="Kiedy",
        phone="Telefon",
        address="Adres",
        languages="Języki",
    ),
    UKRAINIAN: Words(
        version="po ukraińsku",
        lang="uk",
        title="Де знайти допомогу",
        intro="Зателефонуйте або прийдіть. Якщо щось не вийде, скажіть про це особі, "
        "яка дала Вам цей список.",
        ask="Запитайте особу, яка дала Вам цей список.",
        what="Що це",
        how="Що зробити",
        referral="Хто направляє",
        papers="Візьміть із собою",
        cost="Скільки це коштує",
        hours="Коли",
        phone="Телефон",
        address="Адреса",
        languages="Мови",
    ),
    EASY: Words(
        version="łatwa do czytania",
        lang="pl",
        title="Tu dostaniesz pomoc",
        intro="Zadzwoń albo przyjdź.\nCoś jest trudne? Zapytaj osobę, która dała Ci tę listę.",
        ask="Zapytaj osobę, która dała Ci tę listę.",
        what="Co to jest",
        how="Co masz zrobić",
        referral="Kto Cię tam wyśle",
        papers="Weź ze sobą",
        cost="Ile zapłacisz",
        hours="Kiedy jest otwarte",
        phone="Numer telefonu",
        address="Gdzie to jest",
        languages="W jakich językach",
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as a family reads of it."""

    name: str
    owner: str
    lines: tuple[tuple[str, str], ...]
    has_contact: bool
    is_reworded: bool  # its card has the words of this version


def offered(day: date) -> Iterator[Seen]:
    """Services that one may send a family to: without a break, their owner can be reached."""
    for seen in seen_by(lambda _: Visibility.TENANT, day):
        if seen.is_given and not seen.is_silent:
            yield seen


def picked(shortlist: Shortlist, day: date) -> tuple[list[Seen], list[str]]:
    """The services of a list in its order, and the names of those that are offered no more."""
    known = {seen.entry.service_id: seen for seen in offered(day)}
    rows = [(known.get(pk), name) for pk, name in named(shortlist)]
    return [seen for seen, _ in rows if seen], [name for seen, name in rows if not seen]


def named(shortlist: Shortlist) -> list[tuple[UUID, str]]:
    """The services of a list with their names; of one that was hidden since not even that."""
    standing = ServiceEntry.objects.filter(service=OuterRef("service"), state=EntryState.ACCEPTED)
    items = shortlist.items.select_related("service").order_by("place", "pk")
    levels = items.annotate(level=Subquery(standing.values("sees_service")[:1]))
    return [
        (one.service_id, one.service.name if _is_told(one.level) else REMOVED) for one in levels
    ]


def _is_told(level: str | None) -> bool:
    return level is not None and reaches(Visibility.TENANT, Visibility(level))


def told(seen: Seen, version: str, lead: Partnership) -> Offer:
    """The lines about a service; what is empty is left out.

    What its card says in the words of this version stands for the description.
    """
    entry, words = seen.entry, WORDS[version]
    own = {UKRAINIAN: entry.in_ukrainian, EASY: entry.easy_to_read}.get(version, "")
    described = (
        (words.what, entry.about),
        (words.how, entry.access),
        (words.referral, entry.referral),
        (words.papers, entry.papers),
    )
    public = Seen(entry, Visibility.PUBLIC, seen.day)
    hours = entry.opening
    others = set(entry.languages) - {Language.POLISH}
    cost = ": ".join(part for part in (str(entry.get_cost_display()), entry.cost_about) if part)
    lines = (
        *(((words.what, InLanguage(own, words.lang)),) if own else described),
        (words.cost, cost),
        (words.hours, hours.said if hours else ""),
        (words.phone, public.phone or InLanguage(words.ask, words.lang)),
        (words.address, "" if public.address == PROTECTED else public.address),
        (words.languages, entry.languages_said if others else ""),
    )
    filled = tuple((label, value) for label, value in lines if value)
    owner = owner_for_strangers(entry.service.card, lead)
    return Offer(entry.name, owner, filled, bool(public.phone), bool(own))


def printed(shortlist: Shortlist, rows: Iterable[Seen], version: str, day: date) -> dict[str, Any]:
    """The list as it is printed."""
    words, lead = WORDS[version], Partnership.objects.get()
    return {
        "language": words.lang,
        "lead": lead_of(lead),
        "title": words.title,
        "intro": words.intro,
        "number": str(shortlist.number),
        "day": pl_date(day),
        "services": [_paragraph(told(seen, version, lead)) for seen in rows],
    }


def _paragraph(offer: Offer) -> dict[str, str]:
    lines = (f"{label}: {value}" for label, value in offer.lines)
    return {"name": offer.name, "owner": offer.owner, "lines": "\n".join(lines)}


FAMILY_LIST = Paper(
    order=77,
    kind="FAMILY_LIST",
    name="Lista usług dla rodziny",
    title="{{ title }}",
    short="{{ title }} ({{ number }}, {{ day }})",
    listed=("Listy dla rodzin", "baskets:shortlists"),
    lang="{{ language }}",
    is_large=True,
    example={
        "language": WORDS[POLISH].lang,
        "lead": LEAD,
        "day": DAY,
        "number": "123456",
        "title": WORDS[POLISH].title,
        "intro": WORDS[POLISH].intro,
        "services": [
            {
                "name": "Poradnia dla rodzin",
                "owner": "Poradnia Przykładowa",
                "lines": "Co zrobić: Zadzwoń i umów się.\nTelefon: 77 400 00 00",
            }
        ],
    },
    parts=(
        p.Title("{{ title }}"),
        p.Prose("intro"),
        p.Each(
            "one in services",
            p.Whole(
                "{{ loop.index }}. {{ one.name }}", p.Text("{{ one.owner }}"), p.Prose("one.lines")
            ),
        ),
    ),
)
