"""A kooperant leaves, by its resignation or when the partnership is dissolved (REG §1.6, §1.7)."""

from datetime import date
from functools import cache, partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from kooperacja.documents.drawing import FORMATS
from kooperacja.documents.sigreport import Claim, along, report_of
from kooperacja.pages import form_page, list_page, page, row, sent, step
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.files import file_response
from kooperacja.ui.polish import counted, pl_date, polish_order
from kooperacja.ui.problems import Missing
from kooperacja.ui.tables import Column, Table
from tenants.accession import perms
from tenants.accession.actions.leaving import dissolve, membership_to_end, resign
from tenants.accession.forms.resignations import ResignationForm, ResignationsFilter
from tenants.accession.models.resignations import ResignationNotice, tally
from tenants.accession.papers import printed_resignation
from tenants.partnership import consequences
from tenants.partnership.models import Membership, Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people import perms as people_perms
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Organisation, Person
from tenants.regulation import ballots, rules
from tenants.regulation.models import RegulationRecount, RegulationVersion
from tenants.regulation.perms import see_version


@step(
    perms.resign,
    row(Organisation.objects.current()),
    again=True,
    act="rezygnacja z udziału w Partnerstwie",
)
def new(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    """First what would end and what was signed, then a second look with the document that ends it."""
    today, is_online = request.actor.today, not people_perms.keep_organisations(request.person)
    membership = cache(partial(membership_to_end, organisation))
    votes = ballots.votes_from(organisation.pk, today if is_online else date.min)

    def to(notice: ResignationNotice) -> str:
        # The door here has just closed to whoever resigned.
        has_left = is_online and notice.effective_on <= today
        return root_reverse("places") if has_left else notice.url

    return form_page(
        request,
        ResignationForm(
            **sent(request),
            organisation=organisation,
            is_online=is_online,
            has_voted=bool(votes),
        ),
        partial(resign, by=request.actor, organisation_id=organisation.pk),
        ready=membership,
        said=_filed,
        to=to,
        template="accession/resignation_new.html",
        organisation=organisation,
        touched=lambda: consequences.touched_by(membership(), today),
        votes=[ballots.named(vote) for vote in votes],
        effect=_effect(RegulationVersion.in_force(today)),
    )


def _filed(notice: ResignationNotice) -> str:
    said = f"Złożono rezygnację. Skutek od {pl_date(notice.effective_on)}"
    recounts = RegulationRecount.objects.filter(membership=notice.membership_id)
    if unsettled := recounts.unsettled().count():
        words = counted(unsettled, "głosowania wymaga", "głosowań wymaga", "głosowań wymaga")
        return f"{said} Wynik {words} rozstrzygnięcia przez Lidera."
    return f"{said} Głosy policzono na nowo; żaden wynik się nie zmienił." if recounts else said


def _effect(regulation: RegulationVersion | None) -> str:
    """The day on which a resignation takes effect, in the words of the regulation in force."""
    if regulation is None:
        return rules.effect_said("")
    return rules.effect_said(regulation.resignation_effect, regulation.resignation_days)


_visible_notice = visible(
    ResignationNotice.objects.select_related(
        "membership__organisation", "signatory", "recorded_by", *along("file")
    ),
    perms.see_resignation,
    "Nie ma takiej rezygnacji",
    "Widzi ją Lider i instytucja, która ją złożyła.",
)


_COLUMNS = (
    Column(
        "nazwa",
        "Instytucja",
        lambda notice: notice.membership.organisation,
        sort=polish_order("membership__organisation__name"),
        is_link=True,
    ),
    Column("wplynela", "Wpłynęła", "received_on", sort="received_on"),
    Column("skutek", "Skutek od", "effective_on", sort="effective_on"),
    Column("powrot", "Ponownie członek od", "returned_on", sort="returned_on"),
    Column("podpis", "Podpis", "signatory", sort=polish_order("signatory__full_name")),
)


@page(perms.list_resignations)
def listing(request: PersonRequest) -> HttpResponse:
    form = ResignationsFilter(request.GET)
    seen = perms.resignations_seen_by(request.person).chosen(**form.chosen)
    return list_page(
        request,
        Table(
            request,
            seen.with_return().select_related("membership__organisation", "signatory"),
            _COLUMNS,
            "Rezygnacje z Partnerstwa",
            default="-wplynela",
            empty="Żadna rezygnacja nie odpowiada wybranym warunkom.",
            nothing=(
                "Nie wpłynęła jeszcze żadna rezygnacja."
                if perms.see_all_declarations(request.person)
                else "Nie ma rezygnacji Twojej instytucji. Pozostałe widzi Lider."
            ),
        ),
        form,
        lead="Członkostwo ustaje, gdy kooperant złoży Liderowi pisemną rezygnację "
        f"({perms.see_resignation.clause}).",
        is_taken=True,
    )


@page(perms.see_resignation, _visible_notice)
def show(request: PersonRequest, notice: ResignationNotice) -> HttpResponse:
    said = Claim(notice.signatory.full_name, notice.signed_on, notice.mode)
    context = {
        "notice": notice,
        "organisation": notice.membership.organisation,
        "report": report_of(notice.file, said),
        "recounts": _recounts(request.person, notice),
    }
    return render(request, "accession/resignation.html", context)


def _recounts(person: Person, notice: ResignationNotice) -> list[tuple[RegulationRecount, bool]]:
    """The votes on the regulation that were counted anew, each with leave to read it."""
    rows = RegulationRecount.objects.filter(membership=notice.membership_id)
    return [
        (row, see_version(person, row.regulation))
        for row in rows.select_related("regulation").order_by("recorded_at", "pk")
    ]


def _print(person: Person, pk: UUID, kind: str) -> tuple[Organisation, str]:
    return get_object_or_404(Organisation, pk=pk), kind


@page(perms.resign, _print)
def printed(request: PersonRequest, organisation: Organisation, kind: str) -> HttpResponse:
    """The resignation to print and sign."""
    if kind not in FORMATS:
        raise Missing("Nie ma takiego druku", "Druk rezygnacji jest w formacie PDF i Word.")
    membership = membership_to_end(organisation)
    membership.organisation = organisation
    regulation = RegulationVersion.in_force(request.actor.today)
    return file_response(
        printed_resignation(membership, regulation, FORMATS[kind], by=request.actor),
        name=f"Rezygnacja – {organisation.name}.{kind}",
        content_type=FORMATS[kind],
    )


@step(perms.see_dissolution)
def dissolution(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        forms.Form(**sent(request)),
        partial(dissolve, by=request.actor),
        said="Partnerstwo zostało rozwiązane.",
        to=Partnership.list_url(),
        template="accession/dissolution.html",
        # The answer to the question shows nothing.
        **({} if request.method == "POST" else _shown(request)),
    )


def _shown(request: PersonRequest) -> dict[str, Any]:
    today = request.actor.today
    partnership, resigned = Partnership.objects.get(), tally(today)
    is_dissolved = partnership.state == PartnershipState.DISSOLVED
    may_end = not is_dissolved and resigned is not None and resigned.is_majority
    notices = ResignationNotice.objects.with_return().select_related("membership__organisation")
    return {
        "partnership": partnership,
        "regulation": RegulationVersion.in_force(today),
        "is_dissolved": is_dissolved,
        "tally": resigned,
        "members_count": Membership.objects.on(today).count(),
        "resigned": [
            (notice, perms.see_resignation(request.person, notice))
            for notice in notices.order_by("received_on", "pk")
        ],
        "may_dissolve": may_end and perms.dissolve(request.person),
    }
