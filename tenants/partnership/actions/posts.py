"""Functions of people in institutions, and their heads (REG §1.3, §4.3)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import AlreadySaved, insert_once
from tenants.partnership import consequences, perms
from tenants.partnership.actions.terms import (
    end_role_of,
    require_end,
    require_start,
)
from tenants.partnership.models import Membership
from tenants.people.actions.invitations import invite_to_role, refuse_oneself
from tenants.people.actions.organisations import locked_organisation
from tenants.people.actions.persons import find_or_add_person
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person, Post
from tenants.registry.roles import Role

_HEAD = Role.PARTNER_HEAD


@transaction.atomic
def add_post(
    *,
    by: Actor,
    key: UUID,
    organisation_id: UUID,
    full_name: str,
    function: str,
    is_head: bool,
    from_on: date,
    email: str = "",
    phone: str = "",
    is_invited: bool = False,
) -> Post:
    """Enter what somebody is there; a head may be invited to act for the institution here."""
    organisation = locked_organisation(organisation_id)
    perms.keep_posts.require(Person.objects.acting(by))
    if saved := Post.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_start(by, from_on)
    if is_invited:
        membership = _invitable(by, organisation, is_head, email)
    person = find_or_add_person(
        by=by, full_name=full_name, email=email, phone=phone, organisation=organisation
    )
    if is_invited:
        refuse_oneself(by, person)
    _require_unheld(by, organisation.posts.filter(person=person, function=function), from_on)
    post = Post(id=key, person=person, organisation=organisation, function=function)
    post.is_head, post.from_on = is_head, from_on
    insert_once(post)
    data = {"person": [None, str(person.pk)], "function": [None, function]}
    record(by=by, verb="POST_ADDED", obj=organisation, why=str(post), data=data)
    follow(Post)
    if is_invited:
        invite_to_role(
            by=by, person=person, role=_HEAD, organisation=organisation, from_on=by.today
        )
        consequences.close_what_begins(by=by, membership=membership)
    return post


@transaction.atomic
def end_post(*, by: Actor, post_id: UUID, ended_on: date) -> Post:
    """End it; who no longer heads the institution no longer acts as its head here.

    Who has no function there any more acts for it in no agreement either.
    """
    post: Post = Post.objects.select_for_update().get(pk=post_id, organisation__isnull=False)
    perms.keep_posts.require(Person.objects.acting(by))
    if post.is_over:
        raise AlreadySaved(post)
    require_end(by, ended_on, post.from_on)
    post.end(ended_on)
    follow(Post)
    assert post.organisation_id is not None  # asked for above
    others = Post.objects.filter(
        person=post.person_id, organisation=post.organisation_id, ended_on=None
    )
    if post.is_head and not others.filter(is_head=True).exists():
        end_role_of(by, _HEAD, post.person_id, post.organisation_id, ended_on)
    if not others.exists():
        end_role_of(by, Role.PARTY, post.person_id, post.organisation_id, ended_on)
    data = {"person": [str(post.person_id), None], "function": [post.function, None]}
    record(by=by, verb="POST_ENDED", obj=post.organisation, why=str(post), data=data)
    return post


def _require_unheld(by: Actor, same: QuerySet[Post], from_on: date) -> None:
    if same.filter(ended_on=None).exists():
        raise ValidationError({"function": "Ta osoba ma już tę funkcję w tej instytucji."})
    require_start(by, from_on, same.aggregate(last=Max("ended_on"))["last"])


def _invitable(by: Actor, organisation: Organisation, is_head: bool, email: str) -> Membership:
    """The membership, locked: only the head of a member, at an own address, acts for it here."""
    if not is_head:
        raise ValidationError(
            {"is_invited": "Zaprosić można tylko osobę, która kieruje instytucją."}
        )
    if not email:
        raise ValidationError({"email": "Bez adresu e-mail nie ma dokąd wysłać zaproszenia."})
    memberships: QuerySet[Membership] = organisation.memberships.on(by.today)
    if (membership := memberships.select_for_update().first()) is None:
        raise ValidationError({"is_invited": "Ta instytucja nie należy dziś do Partnerstwa."})
    return membership
