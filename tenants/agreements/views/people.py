"""People who act for a party of an agreement: invited, and released (POR preamble)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import form_page, question, row, sent, step
from kooperacja.ui.polish import quoted
from tenants.agreements import perms
from tenants.agreements.actions import linking
from tenants.agreements.actions import people as acts
from tenants.agreements.forms.people import InvitePartyForm, LinkPartyForm, ReleasePartyForm
from tenants.agreements.models import Agreement, Party
from tenants.agreements.views import drafts
from tenants.people.identity import PersonRequest
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role

_party = row(Party.objects.select_related("agreement", "organisation"))
_role = row(RoleAssignment.objects.filter(role=Role.PARTY).select_related("person", "organisation"))


@step(perms.write_agreements, _party, again=True, act="zaproszenie do działania za Stronę")
def invite(request: PersonRequest, party: Party) -> HttpResponse:
    agreement = party.agreement
    return form_page(
        request,
        InvitePartyForm(**sent(request), organisation=party.organisation, everybody=True),
        partial(acts.invite, by=request.actor, party_id=party.pk),
        ready=partial(acts.require_register, party),
        said="Zapisano. Zaproszenie wysyłamy e-mailem.",
        to=agreement.url,
        back=agreement.url,
        title="Zaproszenie do działania za Stronę",
        lead=f"{party.label}: {party}. Ta osoba zobaczy projekt, gdy go udostępnicie Stronom, "
        "wpisze podpis albo odmowę, a gdy porozumienie wejdzie w życie, będzie widzieć prace jego "
        "zespołu. Nie zobaczy niczego z Partnerstwa.",
        crumbs=drafts.crumbs_of(agreement),
        submit="Zaproś",
    )


@step(perms.write_agreements, _party, again=True, act="powiązanie Strony z instytucją z rejestru")
def link(request: PersonRequest, party: Party) -> HttpResponse:
    agreement = party.agreement
    return form_page(
        request,
        LinkPartyForm(**sent(request), row=party),
        partial(linking.link, by=request.actor, party_id=party.pk),
        ready=partial(linking.require_unlinked, party),
        said="Powiązano Stronę z instytucją z rejestru. Możesz zaprosić osoby, które za nią działają.",
        to=agreement.url,
        title="Powiąż z instytucją z rejestru",
        eyebrow=f"{party.label}: {party.name_now}",
        lead="Stronę wpisano spoza rejestru, więc nikt nie może tu za nią działać ani zająć jej "
        "miejsca w zespole. Tekst porozumienia się nie zmienia.",
        crumbs=drafts.crumbs_of(agreement),
        submit="Powiąż",
    )


@step(perms.write_agreements, _role, again=True, act="koniec działania za Stronę")
def release(request: PersonRequest, role: RoleAssignment) -> HttpResponse:
    return question(
        request,
        ReleasePartyForm(**sent(request)),
        partial(acts.release, by=request.actor, role_id=role.pk),
        question=f"Czy {role.person} przestaje działać za Stronę {quoted(role.organisation)}?",
        consequence="Ta osoba straci dostęp do porozumień i do prac ich zespołów.",
        undo="Tę samą osobę można później zaprosić ponownie.",
        button="Zakończ",
        said="Zapisano koniec, a dostęp jest zamknięty.",
        to=Agreement.list_url(),
        crumbs=[drafts.LIST],
    )
