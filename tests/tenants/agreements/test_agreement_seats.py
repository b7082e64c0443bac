"""The seat of a party: in its case where somebody says it, hidden where it is hidden elsewhere (POR preamble)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from uuid6 import uuid7

from tenants.agreements.actions import accession
from tenants.agreements.forms.departures import SuccessorForm
from tenants.agreements.forms.parties import NewPartyForm
from tenants.agreements.models import Accession, Party
from tenants.agreements.seats import known_seat
from tests.factories import agreements as make
from tests.factories import amendments as make_amendments
from tests.factories import people as make_people

pytestmark = pytest.mark.usefixtures("in_partnership")


@pytest.mark.parametrize(
    ("name", "town", "other", "seat"),
    [
        ("Dom Kultury", "Krapkowice", "Szkoła w Krapkowicach", "w Krapkowicach"),
        (
            "Dom Kultury",
            "Strzelce Opolskie",
            "Szkoła w Strzelcach Opolskich",
            "w Strzelcach Opolskich",
        ),
        ("Dom Kultury", "Krapkowice", "Szkoła w Gogolinie", ""),
        ("Dom Kultury", "Krapkowice", "Szkoła", ""),
        ("Dom Kultury w Opolu", "Krapkowice", "Szkoła w Krapkowicach", "w Opolu"),
    ],
)
def test_a_town_is_declined_as_others_of_it_decline_it(
    name: str, town: str, other: str, seat: str
) -> None:
    make_people.organisation(name=other, city=town)
    of = make_people.organisation(name=name, city=town)
    assert known_seat(of) == seat
    data = {"key": str(uuid7()), "organisation": str(of.pk), "number": 1}
    form = NewPartyForm(data, last=0)
    assert form.is_valid()
    assert form.values()["values"]["seat"] == seat


def acceding(of: Any, **fields: Any) -> Accession:
    values: dict[str, Any] = {
        "organisation": of,
        "is_office": False,
        "name": of.name,
        "seat": "w Opolu",
        "represented_by": "Anna Przykładowa",
        "function": "dyrektor",
    }
    return accession.prepare(
        by=make.by(),
        agreement_id=make_amendments.agreement("C").pk,
        key=uuid7(),
        values=values | fields,
        justification="Potrzebny udział.",
        sign_by=None,
    )


def test_an_accession_without_a_seat_says_what_to_write() -> None:
    of = make_people.organisation(name="Komisariat", city="Brzeg")
    with pytest.raises(ValidationError) as refused:
        acceding(of, seat="")
    (words,) = refused.value.message_dict["seat"]
    assert "w miejscowniku" in words
    assert "W rejestrze jest „Brzeg”." in words
    assert not Accession.objects.exists()


def test_a_place_protected_elsewhere_begins_hidden_and_may_be_shown() -> None:
    safe, school = (make_people.organisation() for _ in range(2))
    Party.objects.filter(pk=make.party(make.draft("A"), safe).pk).update(hides_seat=True)
    assert make.party(make.draft("B"), safe).hides_seat
    assert not make.party(make.draft("B"), school).hides_seat
    joining = acceding(safe).party
    assert joining is not None
    assert joining.hides_seat


def test_a_successor_is_another_institution_and_its_form_speaks_of_it() -> None:
    of, other = (make_people.organisation() for _ in range(2))
    party = make.party(make.draft("A"), of)
    form = SuccessorForm(party=party)
    field: Any = form.fields["organisation"]
    assert other in field.queryset
    assert of not in field.queryset
    assert "przystępuje" not in str(form.fields["is_office"].help_text)
    assert "podpisze" not in str(form.fields["represented_by"].help_text)
    office = make.party(make.draft("B"), is_office=True, name="Ośrodek Przykładowy")
    assert "is_office" not in SuccessorForm(party=office).fields
