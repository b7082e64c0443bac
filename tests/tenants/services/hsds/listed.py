"""Listed services: one in plain words, and any that there may be."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from tenants.services.hours import Hours, Interval, OtherDay, kept
from tenants.services.hsds.frame import Entry, Frame
from tenants.services.listed import Levels, ListedFacts, cut
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.types import types
from tenants.services.visibility import Visibility

TODAY = date(2026, 11, 30)
NOON = datetime(2026, 11, 30, 11, tzinfo=UTC)
SERVICE = UUID("0197f3a0-0000-7000-8000-0000000000aa")
OWNER = UUID("0197f3a0-0000-7000-8000-0000000000bb")
FRAME = Frame(
    day=TODAY,
    type_uri=lambda code: f"https://katalog.example/typy/{code}/",
    area_uri=lambda code: f"https://katalog.example/typy/#{code}",
    scheme_uri="https://katalog.example/typy/",
)
WORK = (Interval.of("8:00", "16:00"),)
OFFICE = kept(Hours((WORK,) * 5 + ((), ()), (OtherDay(date(2026, 12, 24)),)))


def facts(**values: Any) -> ListedFacts:
    return ListedFacts(
        **{
            "name": "Poradnia dla rodzin",
            "type_code": "psycholog",
            "about": "Rozmowa z psychologiem.",
            "groups": (Group.FAMILIES,),
            "ways": (Way.ON_SITE,),
            "owner_id": str(OWNER),
            "owner_name": "Poradnia Zmyślona",
            "access": "Zadzwoń i umów się.",
            "cost": Cost.FREE,
            "hours": OFFICE,
            "street": "ul. Zmyślona 1",
            "postal_code": "47-320",
            "city": "Wymyślonowo",
            "features": {Feature.STEP_FREE: Has.YES, Feature.LIFT: Has.NO},
            "languages": (Language.POLISH,),
            "phone": "77 400 00 01",
            "confirmed_on": TODAY - timedelta(days=3),
            **values,
        }
    )


def entry(**values: Any) -> Entry:
    return Entry(SERVICE, facts(**values), "Gmina Gogolin", "160502", "opolskie", NOON)


# --- Whatever may be listed -------------------------------------------------------------------

_TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=40) | st.just("")
_DAYS = st.none() | st.dates(date(2026, 6, 1), date(2027, 6, 1))
_CLOCKS = st.integers(0, 24 * 4)


@st.composite
def _intervals(draw: Any) -> tuple[Interval, ...]:
    clocks = sorted(draw(st.lists(_CLOCKS, max_size=4, unique=True)))
    pairs = zip(clocks[::2], clocks[1::2], strict=False)
    return tuple(Interval(a * 15, b * 15) for a, b in pairs)


_OTHER = st.builds(OtherDay, st.dates(date(2026, 11, 1), date(2027, 2, 1)), _intervals())
HOURS = st.builds(
    lambda week, other: kept(Hours(week, tuple(other))),
    st.tuples(*[_intervals()] * 7),
    st.lists(_OTHER, max_size=4, unique_by=lambda one: one.on),
)


def _some(choices: Any) -> Any:
    return st.lists(st.sampled_from([str(one) for one in choices]), unique=True).map(tuple)


_FACTS = st.builds(
    ListedFacts,
    name=_TEXTS.filter(bool),
    type_code=st.sampled_from([*(one.code for one in types()), "wlasny-typ"]),
    groups=_some(Group),
    ways=_some(Way),
    languages=_some(Language),
    owner_id=st.just(str(OWNER)) | st.just(""),
    owner_number=st.just("123456785") | st.just(""),
    cost=st.sampled_from(["", *(str(one) for one in Cost)]),
    hours=st.none() | HOURS,
    **{
        name: st.dictionaries(st.sampled_from(["160501", "1605"]), st.just("gmina Zmyślona"))
        for name in ("units", "seat")
    },
    features=st.dictionaries(st.sampled_from(list(Feature)), st.sampled_from(list(Has))),
    email=st.emails() | st.sampled_from(["", "ktoś@żółw.example", "bez-małpy", "a@b@c"]),
    website=_TEXTS
    | st.sampled_from(
        [
            *("https://pokaz.example/a b?c=ą#ż", "pokaz.example", "/poradnia", "javascript:x"),
            *("https://żółw.example:8000/ścieżka", "https://a:b@pokaz.example", "ftp://x.example"),
            *("http://[::1]/", "https://pokaz.example/%zz|^`{}"),
        ]
    ),
    **dict.fromkeys(
        (
            *("about", "area", "legal_basis", "owner_name", "access", "referral", "conditions"),
            *("papers", "cost_about", "hours_about", "stopped_why", "street", "postal_code"),
            *("city", "contact_name", "phone", "in_ukrainian", "easy_to_read"),
        ),
        _TEXTS,
    ),
    **dict.fromkeys(
        (
            *("counted_on", "valid_from", "valid_until", "stopped_from", "stopped_until"),
            *("changed_on", "confirmed_on", "reviewed_on"),
        ),
        _DAYS,
    ),
    **{
        name: st.none() | st.integers(0, 999)
        for name in ("waiting_days", "places", "age_from", "age_until")
    },
    **{name: st.booleans() for name in ("needs_decision", "is_protected", "is_silent")},
)


@st.composite
def entries(draw: Any) -> Entry:
    """A service as it is listed for everybody, whatever its owner wrote."""
    levels = st.sampled_from([Visibility.PUBLIC, Visibility.TENANT])
    chosen = Levels(Visibility.PUBLIC, draw(levels), draw(levels))
    public = cut(draw(_FACTS), chosen, Visibility.PUBLIC)
    assert public is not None
    return Entry(draw(st.uuids()), public, "Gmina Gogolin", "160502", "opolskie", NOON)
