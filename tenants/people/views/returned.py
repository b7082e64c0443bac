"""Addresses on which mail does not arrive, for whoever keeps the register."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.notifications.models import Returned
from kooperacja.pages import page, question, row, sent, step
from kooperacja.ui.pagination import paginate
from kooperacja.ui.polish import quoted
from tenants.people import perms
from tenants.people.actions.returned import settle_address
from tenants.people.identity import PersonRequest
from tenants.people.returned import unreached as addresses

_TITLE, _LIST = "Adresy, do których poczta nie dochodzi", "people:unreached"


@page(perms.see_people)
def unreached(request: PersonRequest) -> HttpResponse:
    return render(request, "people/unreached.html", {"page": paginate(addresses(), request)})


@step(perms.see_people, row(Returned.objects.filter(is_final=True)))
def settle(request: PersonRequest, returned: Returned) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(settle_address, by=request.actor, returned=returned),
        said=f"Adres {returned.email} oznaczono jako sprawdzony.",
        to=_LIST,
        crumbs=[(_TITLE, _LIST)],
        question=f"Oznaczyć adres {quoted(returned.email)} jako sprawdzony?",
        consequence="Adres zniknie z listy.",
        undo="Pojawi się na niej znowu, jeśli wróci spod niego kolejna wiadomość.",
        danger=False,
        button="Oznacz jako sprawdzony",
    )
