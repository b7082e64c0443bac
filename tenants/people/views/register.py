"""People of the register: the list and one of them (REG §1.3, §5.1.a)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.pages import form_page, list_page, page, row, sent, step
from kooperacja.ui.page_parts import parts_of
from kooperacja.ui.polish import polish_order
from kooperacja.ui.tables import Column, Table
from tenants.people import perms
from tenants.people.actions.persons import edit_person
from tenants.people.forms import EditPersonForm
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_COLUMNS = (
    Column(
        "nazwisko", "Imię i nazwisko", "full_name", sort=polish_order("full_name"), is_link=True
    ),
    Column("email", "Adres e-mail", "email", sort="email"),
    Column("konto", "Konto", "account_words"),
)


@page(perms.see_people)
def people(request: PersonRequest) -> HttpResponse:
    return list_page(
        request,
        Table(
            request,
            Person.objects.current(),
            _COLUMNS,
            "Osoby w rejestrze",
            default="nazwisko",
            empty="Nie wpisano jeszcze nikogo.",
        ),
        lead="Osoby z ośrodka i z instytucji, ze swoimi rolami i funkcjami. Kto nie ma konta, jest "
        "tylko w rejestrze.",
        crumbs=[("Instytucje", "partnership:organisations")],
    )


@page(perms.see_people, row(Person))
def show(request: PersonRequest, person: Person) -> HttpResponse:
    context = {
        "subject": person,
        "posts": person.posts.select_related("organisation").order_by("-from_on", "pk"),
        "roles": person.role_assignments.select_related("organisation").order_by("-from_on", "pk"),
        "parts": parts_of(Person.PAGE, request, person),
    }
    return render(request, "people/person.html", context)


@step(perms.mend, row(Person.objects.current()), again=True)
def edit(request: PersonRequest, person: Person) -> HttpResponse:
    return form_page(
        request,
        EditPersonForm(**sent(request), instance=person),
        partial(edit_person, by=request.actor, person_id=person.pk),
        said="Zapisano dane osoby.",
        to=person.url,
        title="Dane osoby w rejestrze",
        eyebrow=person.full_name,
        lead="Tak zapisano tę osobę w rejestrze. Adres, którym osoba się loguje, zmienia ona sama. "
        "Zaproszenie, które czeka pod innym adresem, przestanie działać: wyślij je wtedy ponownie. "
        "Wydane dokumenty się nie zmienią.",
        submit="Zapisz zmiany",
        back=person.url,
        crumbs=[("Osoby w rejestrze", Person.LIST_PAGE), (person.full_name, person.url)],
        last="Zmiana danych",
    )
