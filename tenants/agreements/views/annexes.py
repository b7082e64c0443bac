"""The people whom the parties name, version by version, and their consents (POR §3.3)."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kooperacja.documents.drawing import FORMATS
from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.agreements import perms
from tenants.agreements.actions import consents as acts
from tenants.agreements.annexed import Named, compared, named_on
from tenants.agreements.changes import changes
from tenants.agreements.forms.annexes import AnnexesFilter, GiveConsentForm, WithdrawConsentForm
from tenants.agreements.later_papers import printed_annex
from tenants.agreements.models import Agreement, AnnexVersion, ContactPerson, PublicConsent
from tenants.agreements.standing import day_read
from tenants.agreements.views import drafts
from tenants.agreements.workflow import BINDING
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_PAGE = "agreements:annex"
_contact = row(ContactPerson.objects.select_related("party__agreement"))
_version = row(AnnexVersion.objects.select_related("agreement"))


@page(perms.see_agreement, drafts.find)
def show(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    """The people of today, or of its last day, and the versions of their list."""
    _require_was_in_force(agreement)
    named = [
        one
        for one in named_on(agreement, day_read(agreement, timezone.localdate()))
        if not one.is_joining or perms.sees_joining(request.person, agreement, one.party)
    ]
    context = {
        "agreement": agreement,
        "rows": _rows(request.person, named, is_open=not agreement.is_ended),
        "versions": list(agreement.annexes.defer("lines").order_by("-number")),
        "list_name": _called(agreement),
    }
    return render(request, "agreements/annex.html", context)


def _rows(person: Person, named: list[Named], *, is_open: bool) -> list[dict[str, object]]:
    """Each party with its people, and what its reader may do with them."""
    people = [one for row in named for one in row.people]
    consents = PublicConsent.objects.filter(contact__in=people, withdrawn_at=None)
    agreed = {one.contact_id: one for one in consents.order_by("entered_at", "pk")}
    return [
        {
            "party": one.party,
            "is_joining": one.is_joining,
            "may_name": (may := perms.is_of_party(person, one.party)) and is_open,
            "people": [
                (
                    contact,
                    agreed.get(contact.pk) if may or contact.person_id in person.entries else None,
                )
                for contact in one.people
            ],
        }
        for one in named
    ]


def _called(agreement: Agreement) -> str:
    return (
        "Wykaz osób (załącznik)" if agreement.variant == "C" else "Osoby wyznaczone do współpracy"
    )


@page(perms.see_agreement, drafts.find)
def difference(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    """The difference between two versions of the list, person by person."""
    _require_was_in_force(agreement)
    versions = {one.number: one for one in agreement.annexes.order_by("number")}
    form = AnnexesFilter(request.GET, names={pk: str(one) for pk, one in versions.items()})
    last = max(versions, default=0)
    after = int(form.chosen.get("do") or last)
    before = int(form.chosen.get("od") or max(after - 1, min(versions, default=0)))
    context = {
        "agreement": agreement,
        "form": form,
        "before": versions.get(before),
        "after": versions.get(after),
        "changes": changes(compared(versions[before].lines), compared(versions[after].lines))
        if versions
        else [],
        "list_name": _called(agreement),
    }
    return render(request, "agreements/annex_changes.html", context)


def _printed(person: Person, pk: UUID, kind: str) -> tuple[AnnexVersion, str]:
    return _version(person, pk=pk), kind


@page(perms.see_annex, _printed)
def printed(request: PersonRequest, version: AnnexVersion, kind: str) -> HttpResponse:
    """A version of the list as a file."""
    content = printed_annex(version, FORMATS[kind], by=request.actor)
    detail = f"wersja {version.number}, stan na {pl_date(version.as_of)}"
    name = file_name("Wykaz osób do porozumienia", f".{kind}", detail=detail)
    return file_response(content, name=name, content_type=FORMATS[kind])


@step(perms.enter_consent, _contact)
def agree(request: PersonRequest, contact: ContactPerson) -> HttpResponse:
    agreement = contact.party.agreement
    to = reverse(_PAGE, args=[agreement.pk])
    return form_page(
        request,
        GiveConsentForm(**sent(request), row=contact),
        partial(acts.agree, by=request.actor, contact_id=contact.pk),
        ready=partial(acts.require_may_agree, contact),
        said="Zapisano zgodę. Osoba jest na publicznej stronie.",
        to=to,
        title="Zgoda na publikację danych",
        lead=f"Na publicznej stronie porozumień stanie: {contact.said}. Gdy te dane się zmienią, "
        "zgodę trzeba będzie wpisać od nowa.",
        crumbs=[*drafts.crumbs_of(agreement), (_called(agreement), to)],
        submit="Zapisz zgodę",
    )


@step(perms.withdraw_consent, _contact)
def withdraw(request: PersonRequest, contact: ContactPerson) -> HttpResponse:
    agreement = contact.party.agreement
    to = reverse(_PAGE, args=[agreement.pk])
    return question(
        request,
        WithdrawConsentForm(**sent(request)),
        partial(acts.withdraw, by=request.actor, contact_id=contact.pk),
        question="Cofnąć zgodę na publikację?",
        consequence=f"{contact.full_name} od razu zniknie z publicznej strony porozumień. W wykazie "
        "dla Stron ta osoba zostaje.",
        undo="Zgodę można wpisać ponownie.",
        button="Cofnij zgodę",
        said="Cofnięto zgodę. Osoby nie ma już na publicznej stronie.",
        to=to,
        crumbs=[*drafts.crumbs_of(agreement), (_called(agreement), to)],
        danger=False,
    )


def _require_was_in_force(agreement: Agreement) -> None:
    if agreement.state not in BINDING:
        raise Problem(
            "To porozumienie nie obowiązuje",
            "Wykaz osób z wersjami powstaje, gdy porozumienie wejdzie w życie. Jego stan: "
            f"{agreement.get_state_display()}.",
            at=agreement,
            action="Przejdź do porozumienia",
        )
