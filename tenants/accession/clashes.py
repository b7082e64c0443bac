"""Reasons against making two institutions one: declarations under way."""

from collections.abc import Iterator

from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import Membership
from tenants.people.models import Organisation
from tenants.people.references import Clash


def of_organisations(source: Organisation, target: Organisation) -> Iterator[Clash]:
    """One institution has one declaration under way, and a member has none."""
    both = (source, target)
    waiting = [
        declaration
        for one in both
        if (declaration := AccessionDeclaration.objects.under_way(one.pk).first())
    ]
    is_member = Membership.objects.filter(organisation__in=both, ended_on=None).exists()
    if len(waiting) == 2:
        why = "Obie mają deklarację, o której jeszcze nie rozstrzygnięto, a może być jedna."
    elif waiting and is_member:
        why = "Jedna już należy do Partnerstwa, a druga ma deklarację, o której nie rozstrzygnięto."
    else:
        return
    yield Clash(
        f"{why} Najpierw Lider musi ją rozpatrzyć.", waiting[0].url, "Przejdź do deklaracji"
    )
