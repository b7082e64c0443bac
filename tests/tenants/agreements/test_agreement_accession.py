"""An institution accedes to an agreement in force; nobody else signs anew (POR-C §4.3)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.documents.actions import store_upload
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Document, StoredFile
from kooperacja.documents.storage import content_of
from kooperacja.notifications.models import Outgoing
from kooperacja.ui.forms import saved_before
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements import indicators, today
from tenants.agreements.actions.amendment_telling import amendment_called
from tenants.agreements.cover import final_of
from tenants.agreements.forms.accessions import NewAccessionForm
from tenants.agreements.forms.departures import SuccessorForm
from tenants.agreements.later import is_to_sign
from tenants.agreements.models import Accession, Addition, Agreement, Party, Signature
from tenants.agreements.papers import AGREEMENT
from tenants.agreements.sides import sides_of
from tenants.agreements.standing import Standing
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.models import Seat, Team
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people
from tests.factories import signatures as pdf

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY = timezone.localdate()


def told(code: str) -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(kind="MAIL", payload__code=code).order_by("id")
    return list(rows.values_list("payload", flat=True))


def rows() -> tuple[int, ...]:
    models = (Party, Accession, Signature, StoredFile, Document, Outgoing, Entry)
    return tuple(model.objects.count() for model in models)


def test_from_its_signature_it_is_bound_and_everybody_is_told_at_once() -> None:
    school = make_people.organisation(email="szkola@example.pl")
    agreement, hospital = later.in_force(3, 2, "C", school), later.hospital(email="sz@example.pl")
    make_people.person(Role.NETWORK_OFFICER, email="biuro@example.pl")
    before = list(agreement.parties.order_by("pk").values())
    accession = later.prepared(agreement, hospital)
    standing = Standing(agreement)
    assert accession.party not in [*standing.bound(TODAY), *standing.apart(TODAY)]
    assert [one["email"] for one in told("ACCESSION_TO_SIGN")] == ["sz@example.pl"]
    later.signed(accession)
    party = Party.objects.get(organisation=hospital)
    assert (party.state, party.acceded_on, party.position) == ("ACCEDED", TODAY, 4)
    assert Standing(agreement).bound(TODAY)[-1] == party
    team = Team.objects.get(rests_on=agreement.pk)
    assert Seat.objects.taken(TODAY).filter(team=team, organisation=hospital).exists()
    mails = told("AGREEMENT_ACCEDED")
    assert {one["email"] for one in mails} == {
        *("szkola@example.pl", "sz@example.pl", "biuro@example.pl")
    }
    assert "przez sekretarza Powiatowego Zespołu Kooperacji (§ 4 ust. 3" in mails[0]["text"]
    assert later.WHY in mails[0]["text"]
    # Nobody signs anew: the others are as they were, under the same document.
    others = agreement.parties.exclude(pk=party.pk).order_by("pk")
    assert list(others.values()) == before
    assert Agreement.objects.get().document_id == agreement.document_id


@pytest.mark.parametrize("way", ["refused", "late"])
def test_whoever_did_not_sign_in_time_accedes_the_same_way(way: str) -> None:
    agreement = make_force.sent(make.whole("C", 3, force="ENOUGH", enough=2))
    first, second, third = agreement.parties.all()
    if way == "refused":
        make_force.refused(third)
    for one in (first, second):
        make_force.signed(one)
    agreement = make_force.looked_at(agreement)
    if way == "late":
        tomorrow = TODAY + timedelta(days=1)
        make_force.signed(third, tomorrow)
    else:
        with pytest.raises(Problem, match="może jeszcze podpisać samo porozumienie"):
            later.prepared_again(third)
        Agreement.objects.update(force="LAST")  # nobody signs it any more
    accession = later.prepared_again(third)
    with pytest.raises(Problem, match="już przygotowano"):
        later.prepared_again(third)
    later.signed(accession)
    third.refresh_from_db()
    assert (third.state, third.acceded_on) == ("ACCEDED", TODAY)
    assert third in Standing(Agreement.objects.get()).bound(TODAY)
    assert Standing(Agreement.objects.get()).apart(TODAY) == []
    for bound in (first, third):
        with pytest.raises(Problem, match="porozumienie już obowiązuje"):
            later.prepared_again(bound)
    assert Accession.objects.count() == 1


def test_an_institution_is_a_party_once_and_one_accession_of_it_is_open() -> None:
    hospital = later.hospital()
    agreement = later.in_force(3, 2, "C", make_people.organisation())
    own = agreement.parties.exclude(organisation=None).get()
    later.prepared(agreement, hospital)
    before = rows()
    for of, words in ((hospital, "już przygotowano"), (own.organisation, "jest już Stroną")):
        with pytest.raises(ValidationError, match=words):
            later.prepared(agreement, of)
    with pytest.raises(ValidationError, match="już przygotowano"):
        later.prepared(agreement, name=hospital.name.upper())
    life.rename(own, "Centrum Usług Przykładowych")
    before = rows()
    with pytest.raises(ValidationError, match="jest już Stroną"):
        later.prepared(agreement, name="Centrum usług przykładowych")
    assert rows() == before


def test_a_form_that_comes_again_leads_to_what_it_made() -> None:
    accession = later.prepared(later.in_force())
    again = NewAccessionForm({"key": str(accession.pk)}, agreement=accession.agreement)
    assert saved_before(again) == accession
    merger = life.merge(life.bound().parties.all()[0], make_people.organisation())
    assert saved_before(SuccessorForm({"key": str(merger.pk)}, party=merger.party)) == merger


def test_a_signature_without_a_valid_basis_binds_nobody() -> None:
    yesterday = TODAY - timedelta(days=1)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"basis": "POWER"}, "Dołącz pełnomocnictwo"),
        ({"basis": "RESOLUTION", "basis_on": TODAY}, "Podaj numer uchwały"),
        ({"basis_on": TODAY - timedelta(days=9), "basis_until": yesterday}, "nie była już"),
        ({"basis_on": TODAY, "signed_on": yesterday}, "przygotowano dopiero"),
        ({"signed_on": TODAY + timedelta(days=1)}, "z przyszłości"),
    ]
    accession = later.prepared(later.in_force(), later.hospital())
    before, annexes = rows(), accession.agreement.annexes.count()
    for fields, words in cases:
        with pytest.raises(ValidationError, match=words):
            later.signed(accession, **fields)
    assert (rows(), accession.agreement.annexes.count()) == (before, annexes)
    assert Party.objects.get(pk=accession.party_id).state == "JOINING"


def test_until_the_last_day_is_over_a_signature_of_before_may_be_entered() -> None:
    accession = later.prepared(later.in_force(), sign_by=TODAY)
    Accession.objects.filter(pk=accession.pk).update(prepared_on=TODAY - timedelta(9))
    with pytest.raises(ValidationError, match="z przyszłości"):
        later.signed(accession, signed_on=TODAY + timedelta(1))
    later.signed(accession, signed_on=TODAY - timedelta(2))
    assert Party.objects.get(pk=accession.party_id).acceded_on == TODAY - timedelta(2)


def test_an_electronic_signature_is_on_the_paper_of_this_accession() -> None:
    agreement = later.in_force()
    accession = later.prepared(agreement)
    paper = content_of(accession.document.pdf)
    other = store_upload(by=make.by(), upload=pdf.upload(pdf.page()), kind="AGREEMENT")
    with pytest.raises(RejectedUpload, match="To nie jest dokument przystąpienia"):
        later.signed(
            accession, file=pdf.upload(pdf.signed("Jan", content=content_of(other))), mode="TRUSTED"
        )
    assert not Signature.objects.filter(document=accession.document).exists()
    file = pdf.upload(pdf.signed("Anna Przykładowa", content=paper))
    signature = later.signed(accession, file=file, mode="TRUSTED")
    accession.refresh_from_db()
    assert (accession.state, accession.signature) == ("SIGNED", signature)
    assert "(2)" not in accession.document.title
    context = accession.document.context
    assert (context["clause"]["name"], context["justification"]) == ("§ 4 ust. 3", later.WHY)
    assert "na objęcie Porozumieniem innych instytucji" in context["clause"]["text"]


def test_withdrawn_before_it_is_signed_it_leaves_no_party_behind() -> None:
    agreement, hospital = later.in_force(), later.hospital()
    accession = later.prepared(agreement, hospital)
    helper = make_people.person(Role.PARTY, organisation=hospital)
    assert accession.party is not None
    make.contact(accession.party)
    with pytest.raises(StaleForm):
        later.acts.withdraw(
            by=make.by(), accession_id=accession.pk, version=7, reason="Rada się wycofała"
        )
    later.withdrawn(accession)
    assert not Party.objects.filter(organisation=hospital).exists()
    assert RoleAssignment.objects.get(person=helper).is_over
    with pytest.raises(AlreadySaved):
        later.withdrawn(accession)
    with pytest.raises(Problem, match="nie czeka na podpis"):
        later.signed(accession)
    again = later.prepared(agreement, hospital)
    later.signed(again)
    with pytest.raises(Problem, match="nie czeka na podpis"):
        later.withdrawn(again)
    assert Party.objects.filter(organisation=hospital, state="ACCEDED").count() == 1


def test_only_its_people_and_the_office_sign_or_withdraw() -> None:
    own, other = later.hospital(), make_people.organisation()
    accession = later.prepared(later.in_force(3, 2, "C", other), own)
    strangers = (
        make_people.head(other),
        make_people.person(Role.SOCIAL_WORKER),
        make_people.person(Role.APPLICANT, organisation=own),
    )
    left = make_people.head(own)
    RoleAssignment.objects.filter(person=left).update(ended_on=TODAY)
    before = rows()
    for stranger in map(make_people.by, (*strangers, left)):
        for act in (later.signed, later.withdrawn):
            with pytest.raises(Refused):
                act(accession, stranger)
        with pytest.raises(Refused):
            later.prepared(accession.agreement, who=stranger)
    assert rows() == before
    later.signed(accession, make_people.by(make_people.head(own)))
    assert Party.objects.get(organisation=own).acceded_on == TODAY


@pytest.mark.parametrize(
    ("variant", "state", "words"),
    [
        ("A", "IN_FORCE", "nie przewiduje"),
        ("C", "SIGNING", "nie można przystąpić"),
        ("C", "FAILED", "nie można przystąpić"),
    ],
)
def test_one_accedes_only_to_c_in_force(variant: str, state: str, words: str) -> None:
    agreement = make_force.sent(make.whole(variant, 2))
    since = {"in_force_from": TODAY} if state == "IN_FORCE" else {}
    Agreement.objects.filter(pk=agreement.pk).update(state=state, **since)
    before = rows()
    for attempt in (later.prepared, lambda one: later.prepared_again(one.parties.first())):
        with pytest.raises(Problem, match=words):
            attempt(agreement)
    assert rows() == before


def test_the_final_text_and_the_figures_have_whoever_acceded() -> None:
    agreement = later.in_force()
    later.acceded(agreement, later.hospital())
    agreement = Agreement.objects.get()
    final = final_of(agreement)
    assert [one["name"] for one in final["acceded"]] == ["Szpital Przykładowy"]
    assert final["acceded"][0]["day"].startswith(str(TODAY.day))
    assert (len(final["signed"]), len(final["unsigned"])) == (2, 1)
    assert sum(indicators.parties_by_sector(TODAY).values()) == 3
    assert sum(indicators.parties_by_sector(TODAY - timedelta(days=1)).values()) == 0


def test_its_people_and_the_office_see_that_it_waits_until_it_is_signed() -> None:
    hospital, other = later.hospital(), make_people.organisation()
    accession = later.prepared(later.in_force(3, 2, "C", other), hospital, sign_by=TODAY)
    office = make_people.person(Role.NETWORK_OFFICER)
    head, stranger = make_people.head(hospital), make_people.head(other)
    (waits,) = today.signatures_wait(head, TODAY)
    assert (waits.href, waits.due, waits.is_overdue) == (accession.url, TODAY, False)
    assert list(today.signatures_wait(stranger, TODAY)) == []
    assert list(today.agreements_wait(office, TODAY)) == []
    (awaited,) = today.accessions_awaited(office, TODAY)
    assert "Szpital Przykładowy" in awaited.title
    assert list(today.signatures_awaited(office, TODAY)) == []
    later.signed(accession)
    assert [*today.signatures_wait(head, TODAY), *today.accessions_awaited(office, TODAY)] == []


@pytest.mark.parametrize("way", ["added", "again"])
def test_an_accession_that_waits_goes_with_the_end_of_the_agreement(way: str) -> None:
    agreement, hospital = later.in_force(), later.hospital()
    head = make_people.head(hospital, email="sz@example.pl")
    if way == "added":
        accession = later.prepared(agreement, hospital)
    else:
        third = agreement.parties.all()[2]
        Party.objects.filter(pk=third.pk).update(organisation=hospital)
        accession = later.prepared_again(third)
    assert [*today.signatures_wait(head, TODAY)]
    # A row from before the agreement ended asks nobody, nor has it buttons.
    Agreement.objects.update(state="ENDED", ended_on=TODAY)
    assert not [*today.signatures_wait(head, TODAY)]
    assert not is_to_sign(Accession.objects.get(), head)
    Agreement.objects.update(state="IN_FORCE", ended_on=None)
    life.end(agreement)
    accession.refresh_from_db()
    assert (accession.state, accession.reason) == (
        "WITHDRAWN",
        "Porozumienie przestało obowiązywać.",
    )
    assert (accession.party is None) == (way == "added")
    assert len(told("ACCESSION_WITHDRAWN")) == 1
    assert not agreement.parties.filter(state="JOINING").exists()


def test_whoever_is_bound_meanwhile_signs_no_accession() -> None:
    agreement = later.in_force()
    third = agreement.parties.all()[2]
    accession = later.prepared_again(third)
    make_force.signed(third)
    before = rows()
    with pytest.raises(Problem, match="porozumienie już obowiązuje"):
        later.signed(accession)
    assert rows() == before


def test_a_duty_with_a_day_of_whoever_accedes_becomes_an_arrangement() -> None:
    agreement = later.in_force()
    third = agreement.parties.all()[2]
    Addition.objects.create(
        agreement=agreement, place="duty:2.4", text="dyżury", due_on=TODAY, party=third
    )
    later.signed(later.prepared_again(third))
    assert Addition.objects.get().arrangement is not None


def test_only_who_was_there_when_it_was_negotiated_reads_how() -> None:
    institutions = [make_people.organisation() for _ in range(3)]
    agreement = later.in_force(4, 3, "C", *institutions)
    silent = agreement.parties.get(organisation=None)
    Party.objects.filter(pk=silent.pk).update(organisation=make_people.organisation())
    later.signed(later.prepared_again(silent))
    first = agreement.parties.get(pk=silent.pk)
    successor = life.merge(agreement.parties.all()[0], make_people.organisation()).successor
    added = later.prepared(agreement, later.hospital()).party
    earlier = Document(kind="AGREEMENT", subject=agreement.pk)
    seen = {}
    for party in (first, successor, added):
        head = make_people.head(party.organisation)
        may = bool(sides_of(head, agreement))
        # An earlier text, too, is read by those who negotiated it alone.
        assert (earlier.pk in AGREEMENT.may_read.issued(head, [earlier])) == may
        seen[party] = may
    assert seen == {first: True, successor: False, added: False}
    later.signed(Accession.objects.get(party=added))
    assert not sides_of(make_people.head(added.organisation), agreement)


def test_it_rests_on_the_clause_as_an_aneks_has_it_and_names_agreement_and_aneks() -> None:
    agreement = make_amendment.agreement("C", 2)
    Agreement.objects.filter(pk=agreement.pk).update(number="POR/7/2026")
    amendment = make_amendment.begun(Agreement.objects.get())
    make_amendment.reworded(amendment, "4.3", "Nowa zgoda Stron.")
    make_amendment.added(amendment, "after:4.1")
    make_amendment.since(amendment, TODAY)
    hospital = later.hospital()
    accession = later.prepared(Agreement.objects.get(), hospital)
    context = accession.document.context
    assert context["clause"] == {"name": "§ 4 ust. 4", "text": "Nowa zgoda Stron."}
    assert (context["number"], context["amendments"][:12]) == ("POR/7/2026", "aneks nr 1 z")
    assert "nr POR/7/2026, wariant C" in accession.document.title
    (row,) = today.signatures_wait(make_people.head(hospital), TODAY)
    assert row.title == "Podpiszcie przystąpienie do porozumienia (nr POR/7/2026, wariant C)"
    amendment.refresh_from_db()
    assert amendment_called(amendment) == "Aneks nr 1 do porozumienia (nr POR/7/2026, wariant C)"
