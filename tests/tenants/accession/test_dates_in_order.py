"""A declaration accepts a version that existed when it was signed and is in force when decided (§1.5)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.ui.problems import Problem
from tenants.accession.actions import decisions
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import Membership
from tenants.people.models import Person
from tenants.regulation.models import RegulationVersion
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.factories import regulation as make_regulation
from tests.tenants.accession.conftest import Came
from tests.tenants.reading import PARTNERSHIP, text_of

pytestmark = pytest.mark.usefixtures("in_may")
DAY = timedelta(days=1)


_REGULATION = "akceptacja obowiązującego regulaminu (wersja 2)"
_DONE = """oswiadczenia/">Oświadczenia</a>
      <span class="visually-hidden">(zrobione)</span>"""


def changed(in_force_from: date, adopted_on: date | None = None) -> RegulationVersion:
    """The second version, adopted on a day and in force from another."""
    return make_regulation.amendment(
        "ADOPTED", number=2, adopted_on=adopted_on or in_force_from, in_force_from=in_force_from
    )


def url_of(declaration: AccessionDeclaration, page: str = "") -> str:
    return f"{PARTNERSHIP}deklaracje/{declaration.pk}/{page}"


def test_a_version_replaced_since_is_not_accepted_today(keeper: Client, lead: Person) -> None:
    today = timezone.localdate()
    declaration = make_accession.filed(lead, received_on=today)
    changed(today)

    page = keeper.get(url_of(declaration))
    assert _REGULATION in [check.text for check in page.context["checks"] if not check.is_met]
    assert _REGULATION in text_of(page)
    assert "Przyjmij do Partnerstwa" not in text_of(page)
    page = keeper.get(url_of(declaration, "przyjecie/"))
    assert page.status_code == 409
    assert f'href="{url_of(declaration, "nowa-wersja/")}"' in page.content.decode()
    with pytest.raises(Problem, match="nie akceptuje obowiązującego regulaminu"):
        decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)
    declaration.refresh_from_db()
    assert declaration.state == "FILED"
    assert not Membership.objects.filter(organisation=declaration.organisation).exists()


def test_one_act_gives_it_back_for_the_new_version(keeper: Client, lead: Person) -> None:
    today = timezone.localdate()
    declaration = make_accession.filed(lead, received_on=today)
    changed(today)

    version = AccessionDeclaration.objects.get().version
    page = keeper.post(url_of(declaration, "nowa-wersja/"), {"version": version}, follow=True)

    assert "Zwrócono deklarację do akceptacji nowej wersji regulaminu" in text_of(page)
    declaration.refresh_from_db()
    assert declaration.state == "RETURNED"
    assert "obowiązuje wersja 2" in declaration.reason
    assert Entry.objects.filter(verb="DECLARATION_RETURNED", object_id=declaration.pk).exists()
    day = today.isoformat()
    signed = {"mode": "PAPER_SCAN", "signed_on": day, "received_on": day, "regulation_id": "on"}
    keeper.post(url_of(declaration, "zlozenie/"), {**signed, "file": make.pdf()})
    declaration.refresh_from_db()
    decided = {"version": declaration.version, "decided_on": day}
    keeper.post(url_of(declaration, "przyjecie/"), decided)
    assert Membership.objects.get().declaration.regulation.number == 2  # type: ignore[union-attr]


def test_it_is_given_back_only_when_the_version_changed(lead: Person) -> None:
    declaration = make_accession.filed(lead)

    with pytest.raises(Problem, match="akceptuje obowiązujący regulamin"):
        decisions.return_for_acceptance(by=make.by(lead), declaration_id=declaration.pk)

    declaration.refresh_from_db()
    assert declaration.state == "FILED"


def test_a_day_before_the_change_can_be_chosen(keeper: Client, lead: Person) -> None:
    today = timezone.localdate()
    declaration = make_accession.filed(lead, received_on=today - 5 * DAY)
    changed(today - 2 * DAY)

    assert "Przyjmij do Partnerstwa" in text_of(keeper.get(url_of(declaration)))
    form = keeper.get(url_of(declaration, "przyjecie/")).context["form"]
    assert form["decided_on"].value() == today - 3 * DAY
    version = AccessionDeclaration.objects.get().version
    wrong = {"version": version, "decided_on": (today - 2 * DAY).isoformat()}
    page = keeper.post(url_of(declaration, "przyjecie/"), wrong)
    assert page.status_code == 422
    assert "obowiązywała do 9 maja 2026" in text_of(page)
    right = {"version": version, "decided_on": (today - 3 * DAY).isoformat()}
    keeper.post(url_of(declaration, "przyjecie/"), right)
    assert Membership.objects.get().from_on == today - 3 * DAY


def test_no_paper_accepts_what_was_adopted_after_its_signature(
    keeper: Client, lead: Person
) -> None:
    today = timezone.localdate()
    declaration = make_accession.draft(lead)
    RegulationVersion.objects.update(adopted_on=today - 2 * DAY, in_force_from=today - 2 * DAY)
    signed = {"mode": "PAPER_SCAN", "received_on": today.isoformat(), "regulation_id": "on"}

    early = {**signed, "signed_on": (today - 3 * DAY).isoformat(), "file": make.pdf()}
    page = keeper.post(url_of(declaration, "zlozenie/"), early)

    assert page.status_code == 422
    assert "którą przyjęto dopiero 10\xa0maja" in page.context["form"].errors["signed_on"][0]
    declaration.refresh_from_db()
    assert declaration.state == "DRAFT"
    on_time = {**signed, "signed_on": (today - 2 * DAY).isoformat(), "file": make.pdf()}
    keeper.post(url_of(declaration, "zlozenie/"), on_time)
    declaration.refresh_from_db()
    assert declaration.state == "FILED"


def test_nobody_is_admitted_before_the_version_is_in_force(lead: Person) -> None:
    today = timezone.localdate()
    declaration = make_accession.filed(lead, received_on=today - 5 * DAY)
    RegulationVersion.objects.update(in_force_from=today - 2 * DAY)

    with pytest.raises(ValidationError, match="obowiązuje dopiero od"):
        decisions.accept_declaration(
            by=make.by(lead), declaration_id=declaration.pk, decided_on=today - 3 * DAY
        )

    assert not Membership.objects.exists()


def test_a_coming_version_is_not_asked_for_yet(lead: Person) -> None:
    today = timezone.localdate()
    declaration = make_accession.filed(lead)
    changed(today + 3 * DAY, adopted_on=today)

    decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)

    assert Membership.objects.get().declaration.regulation.number == 1  # type: ignore[union-attr]


def test_the_step_of_statements_is_open_again_after_a_change(came_in: Came, lead: Person) -> None:
    client, applicant, declaration = came_in
    declaration = make_accession.stated(applicant, make_accession.named(lead, declaration))
    before = client.get(url_of(declaration, "podpisana/"))
    assert _DONE in before.content.decode()
    changed(timezone.localdate())

    for page in ("podpisana/", "druk.pdf"):
        answer = client.get(url_of(declaration, page))
        assert answer.status_code == 409
        assert f'href="{url_of(declaration, "oswiadczenia/")}"' in answer.content.decode()
    again = client.get(url_of(declaration))
    assert _REGULATION in [check.text for check in again.context["checks"] if not check.is_met]
    assert _REGULATION in text_of(again)
    assert f'href="{url_of(declaration, "oswiadczenia/")}"' in again.content.decode()
