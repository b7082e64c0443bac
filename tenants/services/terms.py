"""The terms of a service: for whom, how, at what cost, in which language, how accessible (REG §3.2)."""

from collections.abc import Iterable

from django.db.models import TextChoices


class Group(TextChoices):
    """Groups of people whom a service is for."""

    ALL = "ALL", "wszyscy"
    FAMILIES = "FAMILIES", "rodziny z dziećmi"
    YOUTH = "YOUTH", "dzieci i młodzież"
    SENIORS = "SENIORS", "osoby starsze"
    DISABLED = "DISABLED", "osoby z niepełnosprawnościami"
    CARERS = "CARERS", "opiekunowie osób zależnych"
    HOMELESS = "HOMELESS", "osoby w kryzysie bezdomności"
    ADDICTED = "ADDICTED", "osoby uzależnione i ich bliscy"
    MENTAL_HEALTH = "MENTAL_HEALTH", "osoby w kryzysie psychicznym"
    VIOLENCE = "VIOLENCE", "osoby doznające przemocy"
    UNEMPLOYED = "UNEMPLOYED", "osoby bezrobotne"
    FOREIGNERS = "FOREIGNERS", "cudzoziemcy"


class Way(TextChoices):
    """Ways in which help is given."""

    ON_SITE = "ON_SITE", "na miejscu"
    OUTREACH = "OUTREACH", "w domu albo w terenie"
    REMOTE = "REMOTE", "zdalnie"


class Cost(TextChoices):
    """Costs for whoever comes."""

    FREE = "FREE", "bezpłatnie"
    PARTLY = "PARTLY", "częściowo odpłatnie"
    PAID = "PAID", "odpłatnie"


class Language(TextChoices):
    """Languages in which one is served."""

    POLISH = "pl", "polski"
    UKRAINIAN = "uk", "ukraiński"
    ENGLISH = "en", "angielski"
    GERMAN = "de", "niemiecki"
    RUSSIAN = "ru", "rosyjski"
    SIGN = "pso", "polski język migowy"


class Feature(TextChoices):
    """Features that make a place accessible, each for somebody else."""

    STEP_FREE = "STEP_FREE", "wejście bez stopni"
    LIFT = "LIFT", "winda albo wszystko na parterze"
    TOILET = "TOILET", "toaleta dla osób na wózku"
    PARKING = "PARKING", "miejsce do parkowania dla osób z niepełnosprawnością"
    LOOP = "LOOP", "pętla indukcyjna"
    EASY_TO_READ = "EASY_TO_READ", "informacje w tekście łatwym do czytania"
    QUIET = "QUIET", "ciche miejsce do czekania"


class Has(TextChoices):
    """Knowledge of a feature: that nobody said is not that it isn't there."""

    YES = "YES", "jest"
    NO = "NO", "brak"
    UNKNOWN = "", "nie wiadomo"


def is_for(groups: Iterable[str], wanted: str) -> bool:
    """A service for these groups is found by the one that is looked for."""
    return bool({Group.ALL, wanted} & set(groups))


def is_on_site(ways: Iterable[str]) -> bool:
    """One must come to it: it is given nowhere else."""
    return set(ways) == {Way.ON_SITE}


def labels(choices: type[TextChoices], codes: Iterable[str]) -> list[str]:
    """The words of the codes, in the order in which they are always said."""
    chosen = set(codes)
    return [str(label) for code, label in choices.choices if code in chosen]


# Ages of people: the first, the last, in words.
AGES = (
    (0, 2, "do 2 lat"),
    (3, 6, "3–6 lat"),
    (7, 12, "7–12 lat"),
    (13, 17, "13–17 lat"),
    (18, 25, "18–25 lat"),
    (26, 59, "26–59 lat"),
    (60, 74, "60–74 lata"),
    (75, 120, "75 lat i więcej"),
)


def ages_from(first: int | None, last: int | None) -> list[str] | None:
    """The ages for which a service is; None where it is for any."""
    if first is None and last is None:
        return None
    return [
        str(begins)
        for begins, ends, _ in AGES
        if (last is None or begins <= last) and (first is None or first <= ends)
    ]
