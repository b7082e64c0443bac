"""Pages that no button leads to now say so before anything is filled in (REG §1.4, §1.5)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.recruitment import Recruitment
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of


def refused(client: Client, path: str) -> str:
    answer = client.get(PARTNERSHIP + path)
    assert answer.status_code == 409
    return text_of(answer)


def test_no_declaration_is_begun_before_there_is_a_regulation(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        client, _ = make.signed_in(gmina, Role.LEAD, Role.TENANT_ADMIN)
        school = make.organisation()

    for path in ("deklaracje/nowa/", f"instytucje/{school.pk}/zaproszenie/"):
        said = refused(client, path)
        assert "Nie ma jeszcze obowiązującego regulaminu" in said
        assert "To, co wpisano" not in said


def test_nobody_is_invited_to_declare_for_a_member(keeper: Client, school: Organisation) -> None:
    said = refused(keeper, f"instytucje/{school.pk}/zaproszenie/")
    assert "Ta instytucja jest już członkiem Partnerstwa" in said


def test_nobody_is_invited_to_fill_in_what_another_fills_in(
    keeper: Client, lead: Person, in_partnership: TenantRef
) -> None:
    school = make.organisation()
    make_accession.invited(in_partnership, lead, school)
    said = refused(keeper, f"instytucje/{school.pk}/zaproszenie/")
    assert "Ktoś już wypełnia tę deklarację" in said


def _declined() -> Recruitment:
    return _with(state="DECLINED")


def _linked() -> Recruitment:
    return _with(organisation=make.organisation())


def _with(**values: Any) -> Recruitment:
    entry = make_accession.asked()
    Recruitment.objects.filter(pk=entry.pk).update(**values)
    return entry


@pytest.mark.parametrize(
    ("entry", "page", "words"),
    [
        (_declined, "instytucja", "Ten nabór jest zakończony"),
        (_declined, "nowa-instytucja", "Ten nabór jest zakończony"),
        (_linked, "instytucja", "Ten wpis ma już swoją instytucję"),
        (make_accession.asked, "kontakt", "Nabór jeszcze trwa"),
    ],
)
def test_a_step_of_recruitment_that_is_over(
    keeper: Client, in_partnership: TenantRef, entry: Callable[[], Any], page: str, words: str
) -> None:
    assert words in refused(keeper, f"nabor/{entry().pk}/{page}/")
