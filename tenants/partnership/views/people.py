"""People of an institution: who heads it, coordinates for it, works in ZZK (REG §1.3.a, §4.3)."""

from functools import partial
from typing import Any

from django.http import HttpResponse

from kooperacja.pages import form_page, question, row, sent, step
from kooperacja.ui.polish import quoted, stopped
from tenants.partnership import perms
from tenants.partnership.actions import posts, seats
from tenants.partnership.actions.terms import require_member
from tenants.partnership.consequences import acts_since
from tenants.partnership.forms.people import (
    EndForm,
    EndRoleForm,
    NewCoordinatorForm,
    PostForm,
    WorkerForm,
)
from tenants.partnership.models import DesignatedWorker, PartnershipCoordinator
from tenants.partnership.views.organisations import of_institution
from tenants.people import perms as people_perms
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation, Post

_AGAIN_LATER = "Tę samą osobę można później wpisać ponownie."
_organisation = row(Organisation.objects.current())
_seat = row(PartnershipCoordinator.objects.select_related("person", "membership__organisation"))
_worker = row(DesignatedWorker.objects.select_related("person", "membership__organisation"))
_post = row(Post.objects.of_institutions())


def _below(organisation: Organisation) -> dict[str, Any]:
    """The place of a question about somebody of the institution."""
    place = of_institution(organisation)
    return {"to": place["to"], "crumbs": place["crumbs"]}


def _among(request: PersonRequest, organisation: Organisation) -> dict[str, Any]:
    """The people among whom somebody who is named may be there already."""
    is_office = people_perms.keep_organisations(request.person)
    return {"organisation": organisation, "everybody": is_office}


def _said_of_coordinator(seat: PartnershipCoordinator) -> str:
    has_way_in = seat.person.email or seat.person.account_id
    then = "Zaproszenie wysyłamy e-mailem." if has_way_in else "Nie ma konta ani zaproszenia."
    return f"Wpisano koordynatora. {then}"


@step(perms.name_coordinators, _organisation, again=True, act="nowy koordynator Partnerstwa")
def new_coordinator(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    clause = perms.name_coordinators.clause
    member = require_member(request.actor, organisation, clause)
    return form_page(
        request,
        NewCoordinatorForm(**sent(request), **_among(request, organisation)),
        partial(seats.add_coordinator, by=request.actor, membership_id=member.pk),
        said=_said_of_coordinator,
        title="Nowy koordynator Partnerstwa",
        lead="Kooperant deleguje co najmniej jedną osobę do organizacji, podejmowania decyzji, "
        f"monitoringu i ewaluacji ({clause}).",
        submit="Wpisz i zaproś",
        **of_institution(organisation),
    )


@step(perms.name_coordinators, _seat, again=True, act="koniec roli koordynatora Partnerstwa")
def end_coordinator(request: PersonRequest, seat: PartnershipCoordinator) -> HttpResponse:
    of = seat.membership.organisation
    name = of.name
    warning = (
        f"Uwaga: to ostatni koordynator. {quoted(name)} zostanie bez osoby, która działa "
        "i głosuje w jej imieniu, a ośrodek zobaczy to na stronie „Co dziś”. Pracownicy, których "
        "wpuszczono do koszyka, czytają go nadal: są pracownikami kooperanta. "
        if seat.is_last()
        else ""
    )
    return question(
        request,
        EndRoleForm(**sent(request), acts=partial(acts_since, seat.person_id, of.pk)),
        partial(seats.end_coordinator, by=request.actor, coordinator_id=seat.pk),
        said="Zapisano koniec, a dostęp jest zamknięty.",
        **_below(of),
        question=f"Czy {seat.person} przestaje być koordynatorem?",
        consequence="Ta osoba straci dostęp, który miała jako koordynator instytucji "
        f"{quoted(name)}; jej inne role pozostaną.",
        clause=perms.name_coordinators.clause,
        undo=warning + _AGAIN_LATER,
        button="Zakończ",
    )


@step(perms.keep_posts, _organisation, again=True, act="nowa funkcja w instytucji")
def new_post(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return form_page(
        request,
        PostForm(**sent(request), **_among(request, organisation)),
        partial(posts.add_post, by=request.actor, organisation_id=organisation.pk),
        said="Wpisano funkcję.",
        title="Nowa funkcja w instytucji",
        lead="Kto kieruje instytucją, może podpisać deklarację albo rezygnację i wskazuje "
        "pracowników do ZZK (§ 4 ust. 3 regulaminu).",
        submit="Wpisz",
        **of_institution(organisation),
    )


@step(perms.keep_posts, _post, again=True, act="koniec funkcji w instytucji")
def end_post(request: PersonRequest, post: Post) -> HttpResponse:
    assert post.organisation is not None  # of an institution
    place = stopped(f"Instytucja: {post.organisation}")
    acts = partial(acts_since, post.person_id, post.organisation.pk)
    loses = f"{post.person} straci też dostęp z roli kierującej instytucją." if post.is_head else ""
    without = "Kto nie ma już w instytucji żadnej funkcji, nie działa też za nią w porozumieniach."
    return question(
        request,
        EndRoleForm(**sent(request), acts=acts) if post.is_head else EndForm(**sent(request)),
        partial(posts.end_post, by=request.actor, post_id=post.pk),
        said="Zapisano koniec funkcji.",
        **_below(post.organisation),
        question=f"Zakończyć funkcję: {post.person}, {post.function}?",
        consequence=" ".join(filter(None, (place, loses, without))),
        clause=perms.keep_posts.clause,
        undo=_AGAIN_LATER,
        button="Zakończ funkcję",
    )


@step(perms.designate_workers, _organisation)
def new_worker(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    clause = perms.designate_workers.clause
    member = require_member(request.actor, organisation, clause)
    # Nobody is asked for by the head itself.
    is_head = people_perms.is_head(request.person, organisation.pk)
    return form_page(
        request,
        WorkerForm(
            **sent(request),
            **_among(request, organisation),
            heads=None if is_head else organisation.heads(),
        ),
        partial(seats.designate_worker, by=request.actor, membership_id=member.pk),
        said="Wskazano pracownika do ZZK.",
        title="Wskazanie pracownika do ZZK",
        lead="Osoba kierująca instytucją wskazuje pracowników uprawnionych i zobowiązanych do "
        f"współpracy w zadaniowych zespołach kooperacyjnych ({clause}).",
        submit="Wskaż",
        **of_institution(organisation),
    )


@step(perms.designate_workers, _worker)
def end_worker(request: PersonRequest, worker: DesignatedWorker) -> HttpResponse:
    organisation = worker.membership.organisation
    return question(
        request,
        EndForm(**sent(request)),
        partial(seats.end_designation, by=request.actor, designation_id=worker.pk),
        said="Zapisano koniec wskazania.",
        **_below(organisation),
        question=f"Zakończyć wskazanie do ZZK: {worker.person}?",
        consequence="Od tego dnia tej osoby nie można powołać do zadaniowego zespołu "
        + stopped(f"kooperacyjnego. Instytucja: {organisation}"),
        clause=perms.designate_workers.clause,
        undo="Tę samą osobę można później wskazać ponownie.",
        button="Zakończ wskazanie",
    )
