"""People of an institution: who heads it, coordinates for it, works in ZZK (REG §1.3.a, §4.3)."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kooperacja.accounts.factors import step_up
from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from kooperacja.ui.polish import polish_order
from kooperacja.ui.problems import Problem
from tenants.partnership import actions, perms
from tenants.partnership.actions import coordinators, designated, posts
from tenants.partnership.forms import EndForm, NewCoordinatorForm, PostForm, WorkerForm
from tenants.partnership.models import (
    DesignatedWorker,
    Membership,
    Organisation,
    PartnershipCoordinator,
    Person,
    Post,
)
from tenants.partnership.people import person_of
from tenants.partnership.views.saving import ended, save_form

_get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _page_of(organisation_id: object) -> str:
    return reverse("partnership:organisation", args=[organisation_id])


def member_of(organisation: Organisation, clause: str) -> Membership:
    """The membership of today, or the word that there is none."""
    found: Membership | None = organisation.memberships.on(timezone.localdate()).first()
    if found is None:
        raise Problem(
            "Ta instytucja nie należy do Partnerstwa",
            f"„{organisation.name}” nie jest dziś członkiem.",
            clause=clause,
            href=_page_of(organisation.pk),
            action="Przejdź do instytucji",
        )
    return found


@_get_or_post
def new_coordinator(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, organisation = person_of(request), get_object_or_404(Organisation, pk=pk)
    perms.name_coordinators.require(person, pk)
    if asked := step_up(request):
        return asked
    member = member_of(organisation, coordinators.CLAUSE)
    return save_form(
        request,
        NewCoordinatorForm(request.POST or None),
        lambda values: actions.add_coordinator(
            by=actor(request), person=person, membership_id=member.pk, **values
        ),
        said="Wpisano koordynatora. Zaproszenie wysyłamy pocztą.",
        back=_page_of(pk),
        organisation=organisation,
        title="Nowy koordynator Partnerstwa",
        lead="Kooperant deleguje co najmniej jedną osobę do organizacji, podejmowania decyzji, "
        f"monitoringu i ewaluacji ({coordinators.CLAUSE}).",
        submit="Wpisz i zaproś",
    )


@_get_or_post
def end_coordinator(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    seats = PartnershipCoordinator.objects.select_related("person", "membership__organisation")
    seat = get_object_or_404(seats, pk=pk)
    organisation = seat.membership.organisation
    perms.name_coordinators.require(person, seat)
    if asked := step_up(request):
        return asked
    form, back = EndForm(request.POST or None), _page_of(organisation.pk)

    def end(ended_on: date) -> None:
        actions.end_coordinator(
            by=actor(request), person=person, coordinator_id=pk, ended_on=ended_on
        )

    if ended(request, form, end, said="Zapisano koniec, a dostęp jest zamknięty."):
        return redirect(back)
    warning = (
        f"Uwaga: to ostatni koordynator. „{organisation.name}” zostanie bez osoby, która działa "
        "i głosuje w jej imieniu, a ośrodek zobaczy to na stronie „Co dziś”. "
        if actions.is_last_coordinator(seat)
        else ""
    )
    return confirm(
        request,
        question=f"Czy {seat.person.full_name} przestaje być koordynatorem?",
        consequence=(
            "Ta osoba straci dostęp, który miała jako koordynator instytucji "
            f"„{organisation.name}”; jej inne role pozostaną. Podstawa: {coordinators.CLAUSE}."
        ),
        undo=f"{warning}Tę samą osobę można później wpisać ponownie.",
        button="Zakończ",
        back=back,
        form=form,
    )


@_get_or_post
def new_post(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, organisation = person_of(request), get_object_or_404(Organisation, pk=pk)
    perms.keep_posts.require(person)
    if asked := step_up(request):
        return asked
    return save_form(
        request,
        PostForm(request.POST or None),
        lambda values: actions.add_post(
            by=actor(request), person=person, organisation_id=pk, **values
        ),
        said="Wpisano funkcję.",
        back=_page_of(pk),
        organisation=organisation,
        title="Nowa funkcja w instytucji",
        lead="Kto kieruje instytucją, może podpisać deklarację albo rezygnację i wskazuje "
        "pracowników do ZZK (§ 4 ust. 3 regulaminu).",
        submit="Wpisz",
    )


@_get_or_post
def end_post(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    held = Post.objects.select_related("person", "organisation").exclude(organisation=None)
    post = get_object_or_404(held, pk=pk)
    perms.keep_posts.require(person)
    if asked := step_up(request):
        return asked
    form, back = EndForm(request.POST or None), _page_of(post.organisation_id)

    def end(ended_on: date) -> None:
        actions.end_post(by=actor(request), person=person, post_id=pk, ended_on=ended_on)

    if ended(request, form, end, said="Zapisano koniec funkcji."):
        return redirect(back)
    head = " Straci też dostęp, który miała jako kierująca instytucją." if post.is_head else ""
    return confirm(
        request,
        question=f"Zakończyć funkcję: {post.person.full_name}, {post.function}?",
        consequence=f"Instytucja: {post.organisation}.{head} Podstawa: {posts.CLAUSE}.",
        undo="Tę samą osobę można później wpisać ponownie.",
        button="Zakończ funkcję",
        back=back,
        form=form,
    )


@_get_or_post
def new_worker(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, organisation = person_of(request), get_object_or_404(Organisation, pk=pk)
    perms.designate_workers.require(person, pk)
    member = member_of(organisation, designated.CLAUSE)
    return save_form(
        request,
        WorkerForm(request.POST or None, heads=_heads(person, pk)),
        lambda values: actions.designate_worker(
            by=actor(request), person=person, membership_id=member.pk, **values
        ),
        said="Wskazano pracownika do ZZK.",
        back=_page_of(pk),
        organisation=organisation,
        title="Wskazanie pracownika do ZZK",
        lead="Osoba kierująca instytucją wskazuje pracowników uprawnionych i zobowiązanych do "
        f"współpracy w zadaniowych zespołach kooperacyjnych ({designated.CLAUSE}).",
        submit="Wskaż",
    )


def _heads(person: Person, organisation_id: UUID) -> object:
    """Who may have indicated on paper; nobody is asked for by the head itself."""
    if perms.is_head(person, organisation_id):
        return None
    posts_held = Post.objects.filter(organisation=organisation_id, is_head=True)
    heads = Person.objects.filter(pk__in=posts_held.values("person"))
    return heads.order_by(polish_order("full_name"), "pk")


@_get_or_post
def end_worker(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    rows = DesignatedWorker.objects.select_related("person", "membership__organisation")
    row = get_object_or_404(rows, pk=pk)
    organisation = row.membership.organisation
    perms.designate_workers.require(person, row)
    form, back = EndForm(request.POST or None), _page_of(organisation.pk)

    def end(ended_on: date) -> None:
        actions.end_designation(
            by=actor(request), person=person, designation_id=pk, ended_on=ended_on
        )

    if ended(request, form, end, said="Zapisano koniec wskazania."):
        return redirect(back)
    return confirm(
        request,
        question=f"Zakończyć wskazanie do ZZK: {row.person.full_name}?",
        consequence=(
            "Od tego dnia tej osoby nie można powołać do zadaniowego zespołu kooperacyjnego. "
            f"Instytucja: {organisation.name}. Podstawa: {designated.CLAUSE}."
        ),
        undo="Tę samą osobę można później wskazać ponownie.",
        button="Zakończ wskazanie",
        back=back,
        form=form,
    )
