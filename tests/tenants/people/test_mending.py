"""Two entries are made one and two again; a mistake that nothing refers to is struck (REG §5.1.a)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone

from kooperacja import offers
from kooperacja.audit.actor import Unproved
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.people.actions import mending
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.people.outbox import roles_moved
from tenants.people.references import (
    Doubled,
    MergeClash,
    moved_by_merge,
    references_to,
)
from tenants.people.rules import UNDO_DAYS
from tenants.registry.models import Access, Invitation
from tenants.registry.release import tenant_labels
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import data_protection as make_protection
from tests.factories import invitations as make_invitations
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

# Columns with ids that are no keys, and why a merge leaves them.
NO_KEYS = {
    "audit.Entry.account_id": "an account, not a person of the register",
    "audit.Entry.object_id": "the journal says what an entry was called on its day",
    "audit.Seal.entry_id": "an entry of the journal",
    "documents.Document.subject": "a paper that was issued is about the entry as it was then",
    "baskets.Adoption.master_id": "a service of the region's directory",
    "baskets.ImportFile.account_id": "an account",
    "baskets.SavedSearch.account_id": "an account",
    "dialogue.Notice.about": "the matter, as its kind calls it",
    "dialogue.Notice.mail": "a mail in the outbox",
    "documents.PreparedFor.account_id": "an account",
    "documents.StoredFile.key_of": "the row whose key seals it, as `key_kind` calls it",
    "documents.StoredFile.stored_by_account_id": "an account",
    "drafts.Draft.account_id": "an account",
    "notifications.Delivery.account_id": "an account",
    "notifications.Delivery.outbox_id": "a message",
    "notifications.Preference.account_id": "an account",
    "notifications.Returned.account_id": "an account",
    "notifications.Returned.outbox_id": "a message",
    "notifications.Reminded.object_id": "what was undone: a declaration, an arrangement",
    "people.Person.account_id": "goes with the person",
    "dialogue.ActionPlan.series": "the plan of which it is a version",
    "dialogue.PlanGoal.series": "the goal through all versions",
    "meetings.Arrangement.source": "the row of another app that it was made of",
    "meetings.AgendaItem.subject": "what the app that offers it calls so",
    "pzk.AskedDelegation.request_id": "the request's number in the tenant of the gmina",
    "pzk.AskedDelegation.source_id": "the tenant of the gmina",
    "ggk.Group.county_id": "a tenant",
    "ggk.Group.agreement_id": "an agreement of the county, in its own tenant",
    "ggk.DelegationRequest.party_id": "a party of that agreement",
    "teams.Seat.rests_on": "the membership, the role or what else it follows",
    "teams.Team.rests_on": "a partnership, an agreement or what else founded it",
    "teams.Terms.rests_on": "a regulation or an agreement",
}


def tables() -> list[type[models.Model]]:
    labels = tenant_labels()
    return [model for model in apps.get_models() if model._meta.app_label in labels]


def test_no_column_names_an_institution_or_a_person_but_by_a_key() -> None:
    named = {
        f"{model._meta.label}.{field.name}"
        for model in tables()
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField) and not field.primary_key
    }
    assert named == set(NO_KEYS)
    odd = [
        field
        for model in tables()
        for field in [*model._meta.many_to_many, *model._meta.concrete_fields]
        if field.related_model in (Organisation, Person)
        and (field.many_to_many or field.one_to_one or field.unique)  # type: ignore[union-attr]
    ]
    assert not odd


@pytest.mark.parametrize("kind", [Organisation, Person])
def test_every_reference_has_words_and_every_rule_of_one_per_an_answer(kind: type[Any]) -> None:
    answered = {offer.constraint for offer in offers.of(Doubled)}
    for offer in offers.of(MergeClash):
        answered |= set(offer.answers) if offer.kind is kind else set()
    for reference in references_to(kind):
        assert reference.words(2)
        assert not reference.moves or {rule.name for rule in reference.constraints} <= answered


def merge(by: Person, source: Any, target: Any, **changed: Any) -> Any:
    seen = sum(len(ids) for _, ids in moved_by_merge(source, target))
    given = {"source_id": source.pk, "target_id": target.pk, "seen": seen, **changed}
    return mending.merge(by=make.by(by), kind=type(source), **given)


def undo(by: Person, merged: Any, **changed: Any) -> None:
    source = merged.source
    actor = replace(make.by(by), **changed)
    mending.undo(by=actor, kind=type(source), source_id=source.pk, seen=merged.pk)


def everything() -> dict[str, list[Any]]:
    """All rows that a merge may touch, but how often they were saved."""
    kept = {}
    named = [*references_to(Organisation), *references_to(Person)]
    for model in [Organisation, Person, *(one.model for one in named)]:
        rows = [
            {name: value for name, value in row.items() if name != "version"}
            for row in model._default_manager.order_by("pk").values()
        ]
        kept[model._meta.label] = rows
    return {label: rows for label, rows in kept.items() if "Merge" not in label}


def busy(lead: Person) -> Organisation:
    """A member with all that an institution can have."""
    of = make.organisation(name="Dom Kultury", phone="77 400 00 01")
    membership = make_partnership.member(of)
    make_partnership.worker(membership)
    make_protection.may_see(make.head(of), of)
    make_accession.asked()
    lead.posts.create(organisation=of, function="radca", from_on=make.ESTABLISHED)
    return of


def test_a_merge_moves_all_and_undone_leaves_all_as_it_was(lead: Person) -> None:
    source, target = busy(lead), make.organisation(name="Dom kultury", regon="")
    before = everything()

    merged = merge(lead, source, target)

    assert not moved_by_merge(source, target)
    assert target.memberships.get().declaration.organisation == target
    assert source not in Organisation.objects.current()
    target.refresh_from_db()
    assert (target.regon, target.phone) == (source.regon, "77 400 00 01")
    undo(lead, merged)
    assert everything() == before
    verbs = Entry.objects.filter(object_id=source.pk).values_list("verb", flat=True)
    assert {"ORGANISATION_MERGED", "ORGANISATION_PARTED"} <= set(verbs)


def test_two_people_are_made_one_and_two_again(lead: Person) -> None:
    of = make.organisation()
    source = make.head(of, full_name="Lis Ewa", phone="77 400 00 02")
    target = make.person(full_name="Ewa Lis", email="")
    make_protection.may_see(source, of)
    before = everything()

    merged = merge(lead, source, target)

    assert target.posts.get().organisation == of
    assert target.authorisations.exists()
    assert source.data_rules.exists()  # written once
    undo(lead, merged)
    assert everything() == before


def both_members(lead: Person) -> tuple[Organisation, Organisation, str]:
    pair = make.organisation(regon=""), make.organisation()
    for one in pair:
        make_partnership.member(one)
    return *pair, "Obie należą albo należały w tym samym czasie"


def both_declare(lead: Person) -> tuple[Organisation, Organisation, str]:
    pair = make.organisation(regon=""), make.organisation()
    for one in pair:
        make_accession.draft(lead, one)
    return *pair, "Obie mają deklarację"


def both_numbered(lead: Person) -> tuple[Organisation, Organisation, str]:
    return make.organisation(), make.organisation(), "Mają różne numery REGON"


def same_role(lead: Person) -> tuple[Organisation, Organisation, str]:
    pair = make.organisation(regon=""), make.organisation()
    person = make.person(Role.PARTNER_HEAD, organisation=pair[0])
    RoleAssignment.objects.create(
        person=person, role=Role.PARTNER_HEAD, organisation=pair[1], from_on=make.ESTABLISHED
    )
    return *pair, "W obu wpisach trwa to samo"


@pytest.mark.parametrize("make_two", [both_members, both_declare, both_numbered, same_role])
def test_what_clashes_is_said_and_nothing_moves(
    lead: Person, make_two: Callable[[Person], tuple[Organisation, Organisation, str]]
) -> None:
    source, target, why = make_two(lead)
    before = everything()

    with pytest.raises(Problem) as refused:
        merge(lead, source, target)

    assert why in refused.value.words
    assert everything() == before


def test_two_accounts_are_two_people(lead: Person, in_partnership: TenantRef) -> None:
    _, source = make.signed_in(in_partnership)
    _, target = make.signed_in(in_partnership)

    with pytest.raises(Problem, match="Tych wpisów nie można teraz połączyć") as refused:
        merge(lead, source, target)

    assert "własne konto" in refused.value.words


def test_nobody_merges_their_own_entry_or_without_proof(lead: Person) -> None:
    twin = make.person(full_name="Liderska Lidia")
    with pytest.raises(Problem, match="nie można połączyć"):
        merge(lead, twin, lead, seen=0)
    actor = replace(make.by(lead), lacks_proof=True)
    with pytest.raises(Unproved):
        mending.merge(by=actor, kind=Person, source_id=twin.pk, target_id=lead.pk, seen=0)


def test_the_network_officer_leaves_people_of_the_office_alone(lead: Person) -> None:
    officer = make.person(Role.NETWORK_OFFICER)

    with pytest.raises(Refused):
        merge(officer, make.person(), make.person(Role.TENANT_ADMIN))


def deliver(place: TenantRef) -> None:
    for message in Outgoing.objects.filter(kind=mending.ROLES_MOVED).order_by("created_at"):
        roles_moved(message, place)


def test_doors_follow_the_institution_and_come_back(
    lead: Person, in_partnership: TenantRef
) -> None:
    source, target = make.organisation(regon=""), make.organisation(name="Ta właściwa")
    make.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=source)
    door = Access.objects.filter(organisation_id=source.pk)

    merged = merge(lead, source, target)
    deliver(in_partnership)
    assert not door.exists()
    assert Access.objects.get(organisation_id=target.pk).organisation_name == "Ta właściwa"

    undo(lead, merged)
    deliver(in_partnership)
    assert door.get().organisation_name == source.name


def test_an_invitation_that_waits_is_sent_anew_for_the_institution_that_stays(
    lead: Person, in_partnership: TenantRef
) -> None:
    source, target = make.organisation(regon=""), make.organisation()
    make_invitations.sent(make.head(source).role_assignments.get())
    former = make_invitations.link()
    merged = merge(lead, source, target)

    deliver(in_partnership)

    gone = Client().get(former)
    assert gone.status_code == 410
    assert "zastąpione nowszym" in text_of(gone)
    assert target.name in text_of(Client().get(make_invitations.link()))
    sent = Invitation.objects.count()
    deliver(in_partnership)  # the same message once more
    assert Invitation.objects.count() == sent == 2
    undo(lead, merged)
    deliver(in_partnership)
    assert source.name in text_of(Client().get(make_invitations.link()))


def test_an_account_follows_its_person(lead: Person, in_partnership: TenantRef) -> None:
    of, target = make.organisation(), make.person(email="")
    client, source = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=of)
    account_id = source.account_id

    merged = merge(lead, source, target)
    deliver(in_partnership)

    assert Person.objects.of_account(account_id) == target
    assert Access.objects.get(account_id=account_id).person_id == target.pk
    assert client.get("/gmina/gogolin/").status_code == 200
    undo(lead, merged)
    assert Person.objects.of_account(account_id) == source


def test_it_is_undone_within_its_days_and_while_nothing_rests_on_it(lead: Person) -> None:
    source, target = make.organisation(regon=""), make.organisation()
    membership = make_partnership.member(source)
    merged = merge(lead, source, target)

    with pytest.raises(Problem, match="nie można już cofnąć"):
        undo(lead, merged, day=timezone.localdate() + timedelta(days=UNDO_DAYS + 1))
    make_partnership.worker(membership)
    with pytest.raises(Problem, match="nie można już cofnąć") as refused:
        undo(lead, merged)

    assert "coś dopisano" in refused.value.words
    assert membership.organisation_id == source.pk
    membership.refresh_from_db()
    assert membership.organisation == target


def test_what_nothing_refers_to_is_struck_with_its_reason(lead: Person) -> None:
    mistake = make.organisation(name="Wpisana przez pomyłkę")

    mending.strike(
        by=make.by(lead), kind=Organisation, subject_id=mistake.pk, reason="pomyłka na wydruku"
    )

    assert not Organisation.objects.filter(pk=mistake.pk).exists()
    entry = Entry.objects.get(verb="ORGANISATION_STRUCK")
    assert (entry.object_label, entry.why) == ("Wpisana przez pomyłkę", "pomyłka na wydruku")


def test_what_something_refers_to_is_not_struck(lead: Person) -> None:
    used = make.organisation()
    head = make.head(used)
    for subject in (used, head):
        with pytest.raises(Problem, match="nie można usunąć") as refused:
            mending.strike(
                by=make.by(lead), kind=type(subject), subject_id=subject.pk, reason="pomyłka"
            )
        assert "1 rola" in refused.value.words.replace("\xa0", " ")
    assert Organisation.objects.filter(pk=used.pk).exists()


def test_the_pages_lead_through_preview_to_the_survivor_and_back(keeper: Client) -> None:
    source, target = make.organisation(name="Dom", regon=""), make.organisation(name="Dom K")
    make_partnership.member(source)
    place = f"{PARTNERSHIP}instytucje/{source.pk}/"
    preview = f"{place}polaczenie/{target.pk}/"
    chosen = keeper.post(place + "polaczenie/", {"organisation": target.pk})
    assert chosen.headers["Location"] == preview
    page = keeper.get(preview)
    assert "1 członkostwo" in text_of(page)

    seen = page.context["form"].initial["seen"]
    keeper.post(preview, {"seen": seen})

    assert "Ten wpis połączono" in text_of(keeper.get(place))
    assert keeper.get(place + "zmiana/").status_code == 404
    listed = text_of(keeper.get(PARTNERSHIP + "instytucje/"))
    assert str(target.pk) in listed
    assert str(source.pk) not in listed
    back = keeper.get(place + "polaczenie/cofniecie/")
    keeper.post(place + "polaczenie/cofniecie/", {"seen": back.context["form"].initial["seen"]})
    assert source.memberships.exists()


def test_two_of_one_name_are_told_apart_before_they_part(keeper: Client, lead: Person) -> None:
    people = [make.person(full_name="Bartosz Wzorcowy", email=f"{n}@x.example") for n in "ab"]
    source, target = people
    merge(lead, source, target)
    page = text_of(keeper.get(f"{PARTNERSHIP}osoby/{source.pk}/polaczenie/cofniecie/"))
    asked = "„Bartosz Wzorcowy, a@x.example” i „Bartosz Wzorcowy, b@x.example”?"
    assert f"Cofnąć połączenie: {asked}" in page.replace("\N{NO-BREAK SPACE}", " ")
