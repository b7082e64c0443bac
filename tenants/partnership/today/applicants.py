"""The declaration that somebody was invited to fill in (REG §1.5 s.1)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from tenants.partnership import perms
from tenants.partnership.models import AccessionDeclaration, Person
from tenants.partnership.models.people import roles_of
from tenants.partnership.today.waiting import Waiting
from tenants.partnership.workflow import DeclarationState
from tenants.registry.roles import Role

_WHAT = {
    DeclarationState.DRAFT: "Wypełnij deklarację przystąpienia",
    DeclarationState.RETURNED: "Popraw deklarację przystąpienia",
}


def to_fill_in(person: Person, day: date) -> Iterator[Waiting]:
    if not any(held.role == Role.APPLICANT for held in roles_of(person)):
        return
    mine = AccessionDeclaration.objects.filter(applicant=person, state__in=sorted(_WHAT))
    for one in mine.select_related("organisation").order_by("created_at"):
        if perms.fill_in_declaration(person, one):
            yield Waiting(
                title=f"{_WHAT[DeclarationState(one.state)]}: {one.organisation.name}",
                href=reverse("partnership:declaration", args=[one.pk]),
                clause="§ 1 ust. 5 regulaminu",
                text=one.reason,
            )
