"""An edition of the basket on paper, and its leaflet for a group of people (REG §3.4, §5.1.g)."""

import hashlib

from kooperacja.documents import parts as p
from kooperacja.documents.models import PreparedFile
from kooperacja.documents.papers import Paper
from tenants.baskets import perms
from tenants.baskets.models.editions import Edition
from tenants.baskets.printed_facts import FACTS_EXAMPLE, ONE_SERVICE
from tenants.partnership.papers import DAY, LEAD
from tenants.people.models import Person
from tenants.people.perms import voiced_organisations

# Of each service: the label on paper, the field, the label of its fact, an example.
LINES = (
    ("Kto pomaga", "owner", "Poradnia Przykładowa"),
    ("Na czym polega", "about", "Rozmowa o tym, co trudne w domu."),
    ("Dla kogo", "groups", "rodziny z dziećmi"),
    ("Wiek", "age", "od 16 lat"),
    ("Gdzie", "ways", "na miejscu"),
    ("Teren", "area", "cała gmina"),
    ("Co zrobić", "access", "Zadzwoń i umów się."),
    ("Kto kieruje", "referral", "skierowania nie trzeba"),
    ("Koszt", "cost", "bezpłatnie"),
    ("Godziny", "hours", "poniedziałek–piątek 8:00–16:00"),
    ("Adres", "address", "ul. Przykładowa 1, 00-000 Przykładowo"),
    ("Telefon", "phone", "77 400 00 00"),
    ("Adres e-mail", "email", "poradnia@example.pl"),
    ("Strona internetowa", "website", "https://example.pl"),
    ("Uwagi", "remarks", "Czasowo nieczynna do 12 grudnia 2026 r."),
)
_LISTED = ("Wydania koszyka", "baskets:editions")


def _may_take(person: Person, prepared: PreparedFile) -> bool:
    """Whoever reads editions, while nothing that stands in it was hidden since (REG §3.4)."""
    if not perms.read_editions(person):
        return False
    edition = Edition.objects.get(pk=prepared.entry["edition"][1])
    reader = prepared.entry["reader"][1]
    return reader in (PUBLIC, reader_of(person)) and prepared.entry["levels"][1] == stamp(edition)


EDITION = Paper(
    order=77,
    kind="BASKET_EDITION",
    name="Wydanie koszyka usług",
    title="Lokalny koszyk usług, wydanie nr {{ number }}",
    row_seconds=0.001,  # each service has some ten rows
    short="Lokalny koszyk usług, wydanie nr {{ number }}",
    listed=_LISTED,
    may_take=_may_take,
    example={
        "lead": LEAD,
        "number": "2",
        "day": DAY,
        "since": "Od wydania nr 1: 1 nowa usługa, 1 zmieniona, 1 zakończona.",
        "changes": [{"name": "Poradnia dla rodzin", "what": "zmieniona", "about": "telefon"}],
        "services": [
            {
                "name": "Poradnia dla rodzin",
                "is_removed": False,
                **{field: example for _, field, example in LINES},
                **FACTS_EXAMPLE,
            }
        ],
    },
    parts=(
        p.Title("Lokalny koszyk usług", "wydanie nr {{ number }}"),
        p.Text("Stan na dzień {{ day }} Podstawa: § 3 ust. 3 i 4 Regulaminu."),
        p.Cases(
            p.Case(
                "since",
                p.Heading("Co się zmieniło"),
                p.Text("{{ since }}"),
                p.Table(
                    "one in changes",
                    p.Column("Usługa", "one.name", 60),
                    p.Column("Zmiana", "one.what", 30),
                    p.Column("Co", "one.about", 75),
                ),
            )
        ),
        p.Each(
            "one in services",
            p.Cases(
                p.Case(
                    "one.is_removed",
                    p.Whole("{{ one.name }}", p.Text("Tego opisu nie ma już w tym wydaniu.")),
                ),
                p.Case("", ONE_SERVICE),
            ),
        ),
    ),
)
PUBLIC_LINES = (
    ("Co zrobić", "access"),
    ("Telefon", "phone"),
    ("Adres", "address"),
    ("Godziny", "hours"),
    ("Koszt", "cost"),
    ("Uwagi", "remarks"),
)
PUBLIC_FIELDS = ("name", "about", "owner", *(field for _, field in PUBLIC_LINES))
LEAFLET = Paper(
    order=78,
    kind="BASKET_LEAFLET",
    name="Ulotka z usługami dla grupy",
    title="Ulotka dla grupy: {{ group }}",
    short="Ulotka dla grupy: {{ group }}, wydanie nr {{ number }}",
    listed=_LISTED,
    may_take=_may_take,
    is_large=True,
    example={
        "lead": LEAD,
        "number": "2",
        "day": DAY,
        "group": "osoby starsze",
        "services": [
            {
                "name": "Poradnia dla rodzin",
                **{field: example for _, field, example in LINES if field in PUBLIC_FIELDS},
            }
        ],
    },
    parts=(
        p.Title("Gdzie po pomoc", "Ulotka dla grupy: {{ group }}"),
        p.Each(
            "one in services",
            p.Whole(
                "{{ one.name }}",
                p.Text("{{ one.about }}"),
                p.Text("**Kto pomaga:** {{ one.owner }}"),
                *(
                    p.Cases(p.Case(f"one.{field}", p.Text(f"**{label}:** {{{{ one.{field} }}}}")))
                    for label, field in PUBLIC_LINES
                ),
            ),
        ),
        p.Text("Stan na dzień {{ day }} Zanim przyjdziesz, zadzwoń i sprawdź."),
    ),
)
PUBLIC = "PUBLIC"


def reader_of(person: Person | None) -> str:
    """Tells readers apart who see different parts: by level, and whose cards they speak for."""
    own = sorted(map(str, voiced_organisations(person)))
    return ":".join([perms.reach_of(person), *own])


def stamp(edition: Edition) -> str:
    """Changes as soon as anything in the edition is hidden."""
    rows = edition.items.order_by("pk").values_list(
        "pk",
        "entry__sees_service",
        "entry__sees_contact",
        "entry__sees_place",
        "entry__is_protected",
    )
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()
