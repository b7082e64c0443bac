"""Reasons against making two entries one, as far as institutions and people themselves go."""

from collections.abc import Iterator

from tenants.people.models import Organisation, Person
from tenants.people.references import Clash, Subject, colliding


def of_organisations(source: Organisation, target: Organisation) -> Iterator[Clash]:
    """Two numbers are two institutions; nobody has the same function or role twice."""
    if source.regon and target.regon:
        yield Clash(
            f"Mają różne numery REGON ({source.regon} i {target.regon}), więc to różne instytucje. "
            "Jeśli któryś numer wpisano błędnie, najpierw go popraw.",
            source.url,
            "Przejdź do pierwszej",
        )
    yield from _of_people_and_roles(source, target)


def of_people(source: Person, target: Person) -> Iterator[Clash]:
    """Two accounts are two people; nobody has the same function or role twice."""
    if source.account_id and target.account_id:
        yield Clash(
            "Każda z tych osób ma własne konto i sama się loguje, więc to różne osoby.",
            source.url,
            "Przejdź do pierwszej",
        )
    yield from _of_people_and_roles(source, target)


def _of_people_and_roles(source: Subject, target: Subject) -> Iterator[Clash]:
    end_one = "W obu wpisach trwa to samo: {}. Zakończ to w jednym z nich."
    for post in colliding("post_once", source, target):
        yield Clash(end_one.format(post), (post.organisation or source).url, "Zobacz, gdzie")
    for role in colliding("role_once", source, target):
        yield Clash(end_one.format(role), role.url, "Przejdź do tej roli")
