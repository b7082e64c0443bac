"""Meetings held, attended and written down, arrangements kept, as indicators (REG §2; POR §2.3.3)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.timezone import make_aware

from kooperacja.indicators import UNITS, About, Indicator, Share, by_median
from tenants.meetings.duty import Duty, duties
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.attendance import Attendance, Presence
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.rhythm import Span
from tenants.meetings.workflow import ArrangementState
from tenants.people.models import Organisation, Sector
from tenants.teams import perms as teams
from tenants.teams.models import Team, Terms

_TABLES = (Meeting, Team, Terms)


def meetings_kept(as_of: date) -> dict[str, int]:
    """Required meetings of the periods that ended within a year, held and not (REG §2.3)."""
    counts = {"HELD": 0, "MISSING": 0}
    for span in _ended(as_of):
        held = min(span.held, span.required)
        counts["HELD"] += held
        counts["MISSING"] += span.required - held
    return counts


def _ended(as_of: date) -> Iterator[Span]:
    since = date(as_of.year - 1, as_of.month, 1)
    for duty in duties(teams.open_teams()):
        yield from (one for one in duty.spans(as_of) if since <= one.last < as_of)


def teams_in_time(as_of: date) -> dict[str, int]:
    """One for how the teams of a unit meet on a day; none where nothing is asked of them."""
    asked = [duty for duty in duties(teams.open_teams()) if _is_asked(duty, as_of)]
    if not asked:
        return {}
    is_overdue = any(duty.standing(as_of).is_overdue for duty in asked)
    return {"OVERDUE" if is_overdue else "IN_TIME": 1}


def _is_asked(duty: Duty, day: date) -> bool:
    return duty.team.holds_on(day) and duty.on(day) is not None


_COUNTED = (
    "Liczy się spotkanie, które się odbyło, a tura e-mailowa tylko wtedy, gdy tak mówi regulamin. "
    "Dwa spotkania jednego dnia liczą się jako jedno. Zespołów, których prace są poufne, nie "
    "wliczamy."
)

MEETINGS_KEPT = Indicator(
    order=78,
    code="MEETINGS_KEPT",
    title="Spotkania zespołów wymagane regulaminem",
    definition=(
        "Liczba spotkań, których regulamin wymagał w okresach zakończonych w ciągu dwunastu "
        "miesięcy przed ostatnim dniem miesiąca (w bieżącym miesiącu: przed dzisiejszym), z "
        "podziałem na odbyte i nieodbyte. Spotkania ponad wymaganą liczbę nie są wliczane. "
        + _COUNTED
    ),
    clause="§ 2 ust. 3 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("spotkanie", "spotkania", "spotkań"),
    dimension="Spotkania wymagane",
    labels={"HELD": "Odbyte", "MISSING": "Nieodbyte"},
    count=meetings_kept,
    tables=_TABLES,
    levels=(1, 2, 4, 6, 12),
    share=Share.OF_TOTAL,
)

TEAMS_IN_TIME = Indicator(
    order=79,
    code="TEAMS_IN_TIME",
    title="Jednostki według tego, czy zespół spotyka się w terminie",
    definition=(
        "Liczba jednostek, w których w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś) zespół "
        "spotyka się tak często, jak wymaga regulamin, albo choć jeden zespół nie spotkał się w "
        "terminie i od tej pory nie miał spotkania. Jednostek, w których regulamin jeszcze nie "
        "obowiązuje albo Partnerstwo rozwiązano, nie wliczamy. " + _COUNTED
    ),
    clause="§ 2 ust. 3 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Spotkania zespołu",
    labels={"IN_TIME": "W terminie", "OVERDUE": "Zespół nie spotkał się w terminie"},
    count=teams_in_time,
    tables=_TABLES,
    levels=(1, 2, 3, 4, 5),
)


def arrangements_in_time(as_of: date) -> dict[str, int]:
    """Arrangements whose day came until a day, by what had become of them (POR §2.3.3)."""
    known = Arrangement.objects.filter(team__in=teams.open_teams(), due_on__lte=as_of)
    rows = known.exclude(state=ArrangementState.PASSED_ON, closed_on__lte=as_of)
    done = Q(state=ArrangementState.DONE, closed_on__lte=as_of)
    in_time = rows.filter(done, closed_on__lte=F("due_on")).count()
    late = rows.filter(done, closed_on__gt=F("due_on")).count()
    return {"IN_TIME": in_time, "LATE": late, "NOT_DONE": rows.count() - in_time - late}


ARRANGEMENTS = Indicator(
    order=80,
    code="ARRANGEMENTS",
    title="Ustalenia spotkań wykonane w terminie",
    definition=(
        "Liczba ustaleń spotkań, których termin minął do ostatniego dnia miesiąca (w bieżącym "
        "miesiącu: do dziś), według tego, czy wykonano je w terminie, po terminie, czy do tego "
        "dnia nie wykonano. Ustaleń przekazanych innemu wykonawcy nie wliczamy; liczy się to, "
        "które je zastąpiło. Zespołów, których prace są poufne, nie wliczamy."
    ),
    clause="§ 2 ust. 3 pkt 3 porozumienia",
    about=About.INSTITUTIONS,
    unit=("ustalenie", "ustalenia", "ustaleń"),
    dimension="Wykonanie",
    labels={
        "IN_TIME": "Wykonane w terminie",
        "LATE": "Wykonane po terminie",
        "NOT_DONE": "Niewykonane",
    },
    count=arrangements_in_time,
    tables=(Arrangement, Team),
    share=Share.OF_TOTAL,
)


def _of_a_year(as_of: date) -> "QuerySet[Meeting]":
    """Meetings of open teams that took place until a day, in its month and the eleven before it."""
    year, month = divmod(as_of.year * 12 + as_of.month - 12, 12)
    since = make_aware(datetime.combine(date(year, month + 1, 1), time.min))
    until = make_aware(datetime.combine(as_of, time.max))
    held = Meeting.objects.took_place().filter(team__in=teams.open_teams())
    return held.filter(starts_at__gte=since, starts_at__lte=until)


_YEAR = (
    "w ciągu dwunastu miesięcy, łącznie z tym, którego dotyczy liczba (w bieżącym miesiącu: do "
    "dziś). Zespołów, których prace są poufne, nie wliczamy. "
)


def minutes_approved(as_of: date) -> dict[str, int]:
    """Meetings of a year by whether their minutes are approved; a paper entered later is kept so."""
    meetings = _of_a_year(as_of).filter(scan=None)
    approved = meetings.filter(record__approved_on__lte=as_of).count()
    return {"APPROVED": approved, "WAITING": meetings.count() - approved}


MINUTES_APPROVED = Indicator(
    order=81,
    code="MINUTES_APPROVED",
    title="Spotkania z zatwierdzonym protokołem",
    definition=(
        "Liczba spotkań, które się odbyły "
        + _YEAR
        + "Licznik: te, których protokół do tego dnia zatwierdzono. Mianownik: wszystkie (razem). "
        "Spotkań, przy których zachowano skan protokołu sporządzonego poza platformą, nie wliczamy."
    ),
    clause="§ 2 ust. 9 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("spotkanie", "spotkania", "spotkań"),
    dimension="Protokół",
    labels={"APPROVED": "Zatwierdzony", "WAITING": "Jeszcze niezatwierdzony"},
    count=minutes_approved,
    tables=(Meeting, Minutes, Team),
    levels=(1, 2, 4, 6, 12),
    share=Share.OF_TOTAL,
)

# The greatest number of days, and the dimension of a median up to it.
_DAYS = ((7, "WEEK"), (14, "FORTNIGHT"), (30, "MONTH"))


def days_to_approval(as_of: date) -> dict[str, int]:
    """One for the median of the days from a meeting to the approval of its minutes."""
    rows = Minutes.objects.filter(meeting__in=_of_a_year(as_of), approved_on__lte=as_of)
    days = [
        (row.approved_on - row.meeting.last_day).days
        for row in rows.select_related("meeting").order_by("pk")
        if row.approved_on
    ]
    return by_median(days, _DAYS, "LATER")


MINUTES_DAYS = Indicator(
    order=82,
    code="MINUTES_DAYS",
    title="Jednostki według czasu do zatwierdzenia protokołu",
    definition=(
        "Liczba jednostek według mediany dni od ostatniego dnia spotkania do zatwierdzenia jego "
        "protokołu, dla spotkań, które się odbyły "
        + _YEAR
        + "Jednostek, w których do tego dnia nie zatwierdzono żadnego protokołu, nie wliczamy."
    ),
    clause="§ 2 ust. 9 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Mediana dni",
    labels={
        "WEEK": "Do 7 dni",
        "FORTNIGHT": "Od 8 do 14 dni",
        "MONTH": "Od 15 do 30 dni",
        "LATER": "Ponad 30 dni",
    },
    count=days_to_approval,
    tables=(Meeting, Minutes, Team),
    levels=(1, 2, 3, 4, 5),
)


def _by_sector(as_of: date, *, is_present: bool) -> dict[str, int]:
    """Institutions at the meetings of a year, each once a meeting; or those that nobody spoke for."""
    meetings = _of_a_year(as_of)
    rows = Attendance.objects.filter(meeting__in=meetings, is_guest=False).exclude(
        organisation=None
    )
    came = rows.filter(
        presence=Presence.PRESENT,
        meeting=OuterRef("meeting"),
        organisation=OuterRef("organisation"),
    )
    chosen = rows.filter(Exists(came) if is_present else ~Exists(came))
    pairs = chosen.values_list("meeting", "organisation", "organisation__sector")
    return dict(Counter(sector for _, _, sector in pairs.order_by().distinct()))


def present_by_sector(as_of: date) -> dict[str, int]:
    """Institutions that were at meetings, by sector (REG §2.7)."""
    return _by_sector(as_of, is_present=True)


def absent_by_sector(as_of: date) -> dict[str, int]:
    """Institutions of which nobody came, by sector (REG §2.7)."""
    return _by_sector(as_of, is_present=False)


_SECTORS = {sector.value: capfirst(sector.label) for sector in Sector}
_ONCE = (
    "Instytucja liczy się raz na spotkanie, niezależnie od tego, ile osób ją reprezentuje. Lider i "
    "goście nie są wliczani."
)
_ATTENDED = (Meeting, Attendance, Organisation, Team)

PRESENT_BY_SECTOR = Indicator(
    order=83,
    code="PRESENT_BY_SECTOR",
    title="Obecności instytucji na spotkaniach według sektora",
    definition="Liczba obecności instytucji na spotkaniach, które się odbyły " + _YEAR + _ONCE,
    clause="§ 2 ust. 7 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("obecność", "obecności", "obecności"),
    dimension="Sektor",
    labels=_SECTORS,
    count=present_by_sector,
    tables=_ATTENDED,
)

ABSENT_BY_SECTOR = Indicator(
    order=84,
    code="ABSENT_BY_SECTOR",
    title="Nieobecności instytucji na spotkaniach według sektora",
    definition=(
        "Liczba przypadków, w których z instytucji zespołu nikt nie przyszedł na spotkanie, także "
        "usprawiedliwionych i takich, gdy instytucja nikogo nie wskazała. Wliczamy spotkania, które "
        "odbyły się " + _YEAR + _ONCE
    ),
    clause="§ 2 ust. 7 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("nieobecność", "nieobecności", "nieobecności"),
    dimension="Sektor",
    labels=_SECTORS,
    count=absent_by_sector,
    tables=_ATTENDED,
)
