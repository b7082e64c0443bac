"""Workers whom kooperanci let in to read the basket (REG §3.4)."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, question, row, sent, step
from kooperacja.ui.polish import polish_order, quoted
from kooperacja.ui.search import matching
from kooperacja.ui.tables import Column, Table
from tenants.partnership import perms
from tenants.partnership.actions import readers
from tenants.partnership.actions.terms import require_member
from tenants.partnership.forms.readers import ReadersFilter, ReadersForm
from tenants.people.identity import PersonRequest
from tenants.people.invited import standings
from tenants.people.models import Organisation, Post, RoleAssignment
from tenants.registry.roles import Role

_FORMER_SHOWN = 20
_organisation = row(Organisation.objects.current())
_readers: Any = RoleAssignment.objects.filter(role=Role.PARTNER_WORKER).select_related(
    "person", "organisation"
)
_reader = row(_readers)
_COLUMNS = (
    Column("osoba", "Osoba", "person", sort=polish_order("person__full_name"), is_header=True),
    Column(
        "instytucja",
        "Instytucja",
        "organisation",
        sort=polish_order("organisation__name"),
        href=lambda reader: reverse("partnership:readers", args=[reader.organisation_id]),
    ),
    Column("od", "Od", "from_on", sort="from_on"),
    Column("kto", "Kto wpuścił", "granted_by"),
)


def _below(organisation: Organisation) -> dict[str, Any]:
    """The place of a page below that of an institution's readers."""
    here = reverse("partnership:readers", args=[organisation.pk])
    crumbs = [("Instytucje", "partnership:organisations"), (organisation.name, organisation.url)]
    return {"to": here, "crumbs": [*crumbs, ("Czytelnicy koszyka", here)]}


@page(perms.see_readers, _organisation)
def show(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    """Those who read, how far their invitations have come, and the last of those who did."""
    day = timezone.localdate()
    own = _readers.filter(organisation=organisation)
    held = list(own.on(day).order_by(polish_order("person__full_name"), "pk"))
    standing = standings(held)
    former = own.filter(ended_on__lte=day).order_by("-ended_on", "pk")
    context = {
        "organisation": organisation,
        "held": [(reader, standing[reader.pk]) for reader in held],
        "former": list(former[:_FORMER_SHOWN]),
        "may_let_in": perms.let_in_readers(request.person, organisation)
        and organisation.memberships.on(day).exists(),
    }
    return render(request, "partnership/readers.html", context)


def _staff(organisation: Organisation) -> Any:
    """People who work there, have an address of their own and have no role for it yet."""
    day = timezone.localdate()
    held = RoleAssignment.objects.on(day).filter(organisation=organisation)
    there = Post.objects.on(day).filter(organisation=organisation).exclude(person__email="")
    there = there.exclude(person__in=held.values("person")).select_related("person")
    return there.order_by(polish_order("person__full_name"), "pk")


@step(perms.let_in_readers, _organisation, again=True, act="nowi czytelnicy koszyka")
def let_in(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    clause = perms.let_in_readers.clause
    member = require_member(request.actor, organisation, clause)
    return form_page(
        request,
        ReadersForm(**sent(request), staff=_staff(organisation)),
        partial(readers.let_in_workers, by=request.actor, membership_id=member.pk),
        said=lambda told: told.words,
        title="Nowi czytelnicy koszyka",
        eyebrow=organisation.name,
        lead="Koszyk usług jest dla pracowników Lidera i kooperantów "
        f"({clause}). Każda z tych osób dostanie e-mailem zaproszenie. Zobaczy koszyk i to, co "
        "widzą wszyscy członkowie Partnerstwa, ale nie działa w imieniu instytucji.",
        submit="Wpuść i zaproś",
        **_below(organisation),
    )


@step(perms.end_reader, _reader, again=True, act="koniec dostępu czytelnika koszyka")
def end(request: PersonRequest, reader: RoleAssignment) -> HttpResponse:
    assert reader.organisation is not None  # of an institution, as the role demands
    return question(
        request,
        forms.Form(**sent(request)),
        partial(readers.end_reader, by=request.actor, reader_id=reader.pk),
        said="Dostęp jest zamknięty.",
        **_below(reader.organisation),
        question=f"Czy {reader.person} przestaje czytać koszyk?",
        consequence="Ta osoba od razu straci dostęp, który miała jako pracownik instytucji "
        f"{quoted(reader.organisation.name)}; jej inne role pozostaną.",
        clause=perms.end_reader.clause,
        undo="Tę samą osobę można później wpuścić ponownie.",
        button="Zakończ dostęp",
    )


@page(perms.see_all_readers)
def listing(request: PersonRequest) -> HttpResponse:
    """All who were let in, for the office, which has to do nothing about it."""
    form = ReadersFilter(request.GET)
    rows = _readers.on(timezone.localdate())
    return list_page(
        request,
        Table(
            request,
            matching(rows, form.chosen.get("szukaj", ""), "organisation__name"),
            _COLUMNS,
            "Czytelnicy koszyka",
            default="instytucja",
            empty="Żadna instytucja o takiej nazwie nie wpuściła dziś nikogo.",
            nothing="Żadna instytucja nie wpuściła jeszcze nikogo.",
        ),
        form,
        lead="Pracownicy kooperantów, których wpuścił koordynator albo kierujący ich instytucją "
        f"({perms.see_all_readers.clause}). Koordynatorzy i kierujący czytają koszyk bez tego.",
        crumbs=[("Instytucje", "partnership:organisations")],
        last="Czytelnicy koszyka",
    )
