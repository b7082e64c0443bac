"""A step of a declaration is done when what it asks for is there, wherever one stands."""

from kooperacja.tenancy.ref import TenantRef
from tenants.accession.views.entering import steps_of
from tenants.people.models import Person
from tests.factories import accession as make_accession


def test_an_empty_step_that_was_jumped_over_is_not_done(
    in_partnership: TenantRef, lead: Person
) -> None:
    declaration = make_accession.draft(lead)
    declaration.signatory = None
    said = {step.title: step.state for step in steps_of(lead, declaration, "coordinator")}
    assert said["Osoba podpisująca"] == "NEXT"
    assert said["Koordynator"] == "NOW"


def test_a_filled_step_is_done_also_from_before_it(in_partnership: TenantRef, lead: Person) -> None:
    declaration = make_accession.draft(lead)
    said = {step.title: step.state for step in steps_of(lead, declaration, "signatory")}
    assert said["Osoba podpisująca"] == "NOW"
    assert said["Koordynator"] == "DONE"
    assert said["Podpisany dokument"] == "NEXT"


def test_what_was_signed_before_it_came_back_is_signed_anew(
    in_partnership: TenantRef, lead: Person
) -> None:
    declaration = make_accession.filed(lead)
    declaration.state = "RETURNED"
    said = {step.title: step.state for step in steps_of(lead, declaration, "signatory")}
    assert said["Podpisany dokument"] == "NEXT"
