"""Each privacy notice says whose the data are, whom to ask and how long they are kept (GDPR art. 13)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.documents.page import page_of
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import recruitment
from tenants.accession.actions.forgetting import forget_old_contacts
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.papers import ANNOTATED_DECLARATION, declaration_context
from tenants.partnership.models import Partnership
from tenants.people.models import Person
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.kooperacja.documents.test_word import said_in
from tests.tenants.reading import HOME, text_of

DPO = {"dpo_name": "Irena Wzorcowa", "dpo_email": "iod@ops.example.pl", "dpo_phone": "77 1"}


def printed(lead: Person, *, accepted: bool) -> str:
    context = declaration_context(make_accession.filed(lead), Partnership.objects.get())
    if not accepted:
        context["acceptance"] = None
    return " ".join(said_in(page_of(ANNOTATED_DECLARATION, context)))


def test_the_public_form_says_whom_to_ask_and_until_when(in_partnership: TenantRef) -> None:
    Partnership.objects.update(**DPO, lead_address="Szkolna 1")
    said = text_of(Client().get(HOME + "dolacz/"))
    assert "Inspektor ochrony danych: Irena Wzorcowa, iod@ops.example.pl, 77 1." in said
    assert "Adres administratora: Szkolna 1." in said
    assert "najpóźniej 30 dni po zakończeniu naboru" in said


def test_what_the_office_has_not_entered_is_not_invented(partnership: TenantRef) -> None:
    said = text_of(Client().get(HOME + "dolacz/"))
    assert "kontakt do inspektora ochrony danych jest do uzupełnienia" in said


def test_the_declaration_to_sign_tells_both_people_of_their_data(lead: Person) -> None:
    Partnership.objects.update(**DPO, papers_kept="10 lat (kategoria B10)")
    said = printed(lead, accepted=False)
    assert "Dla osoby, która podpisuje deklarację, i dla koordynatora" in said
    assert "Irena Wzorcowa, iod@ops.example.pl, 77 1" in said
    assert "Dane przechowuje się 10 lat (kategoria B10)." in said


def test_the_annotated_declaration_has_no_notice_and_without_a_term_the_rule_is_told(
    lead: Person,
) -> None:
    assert "Inspektor ochrony danych" not in printed(lead, accepted=True)
    assert "z jednolitego rzeczowego wykazu akt ośrodka." in printed(lead, accepted=False)


@pytest.mark.parametrize(
    ("state", "days", "is_kept"),
    [
        ("DECLINED", 30, False),
        ("DECLINED", 29, True),
        ("ASKED", 364, True),
        ("ASKED", 365, False),
    ],
)
def test_contacts_are_forgotten_on_the_day_that_the_notice_says(
    lead: Person, state: str, days: int, is_kept: bool
) -> None:
    entry = make_accession.asked()
    Recruitment.objects.filter(pk=entry.pk).update(state=state)

    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        for _ in range(2):
            forget_old_contacts(by=make.BY)

    entry.refresh_from_db()
    assert entry.has_contact == is_kept
    assert Entry.objects.filter(verb="RECRUITMENT_FORGOTTEN").count() == (0 if is_kept else 1)
    assert entry.steps.count() == 1


def test_an_entry_that_moved_lately_keeps_its_contact(lead: Person) -> None:
    entry = make_accession.asked()
    recruitment.move_recruitment(
        by=make.by(lead),
        recruitment_id=entry.pk,
        version=0,
        state="DECLINED",
        happened_on=timezone.localdate(),
    )
    assert forget_old_contacts(by=make.BY) == 0
