"""An agreement is sent to be signed and taken back; its files are handed out (POR-C signatures)."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from kooperacja.documents.drawing import FORMATS
from kooperacja.documents.views import hand_out
from kooperacja.pages import page, question, row, sent, step
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.agreements import files, perms
from tenants.agreements.actions import sending as acts
from tenants.agreements.consolidated import amendments_on
from tenants.agreements.forms.days import DayOfTextFilter
from tenants.agreements.forms.sending import SendToSignForm, TakeBackForm
from tenants.agreements.models import Agreement
from tenants.agreements.papers import file_title, printed_final
from tenants.agreements.signed import file_to_continue
from tenants.agreements.text import force_said
from tenants.agreements.views import drafts
from tenants.agreements.workflow import BINDING
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_sent = row(Agreement.objects.select_related("document__pdf"))


@step(perms.write_agreements, drafts.find)
def send(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return question(
        request,
        SendToSignForm(**sent(request), row=agreement),
        partial(acts.send_to_sign, by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_sendable, agreement, timezone.localdate()),
        question="Przekazać porozumienie do podpisu?",
        consequence=_consequence(agreement),
        undo="Do projektu można je cofnąć tylko z powodem, a złożone podpisy będą wtedy nieważne.",
        button="Przekaż do podpisu",
        said="Przekazano do podpisu. Strony dostaną o tym wiadomość.",
        to=agreement.url,
        crumbs=drafts.crumbs_of(agreement),
        danger=False,
    )


def _consequence(agreement: Agreement) -> str:
    """How many parties get it, until when, and how it comes into force."""
    parties = agreement.parties.count()
    until = pl_date(agreement.sign_by) or "nie ustalono."
    return (
        f"Tekst już się nie zmieni, a porozumienie dostanie numer. Powstanie z niego jeden dokument, na którego pierwszej stronie "
        f"jest „Do podpisu, nie obowiązuje”. Liczba Stron, które go podpisują: {parties}. Ostatni dzień na podpisy: "
        f"{until} Kiedy porozumienie wejdzie w życie: {force_said(agreement)}."
    )


@step(perms.write_agreements, drafts.find)
def take_back(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return question(
        request,
        TakeBackForm(**sent(request), row=agreement),
        partial(acts.take_back, by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_sent, agreement),
        question="Cofnąć porozumienie do projektu?",
        consequence=f"Tekst będzie można zmieniać. {_void(agreement)} Strony dowiedzą się o tym i "
        "o powodzie.",
        undo="Tego kroku nie można cofnąć. Następne przekazanie do podpisu będzie nowym "
        "dokumentem, który podpisują wszystkie Strony.",
        button="Cofnij do projektu",
        said="Cofnięto do projektu.",
        to=agreement.url,
        crumbs=drafts.crumbs_of(agreement),
    )


def _void(agreement: Agreement) -> str:
    """The signatures that become void, in words."""
    count = acts.void_signatures(agreement)
    if not count:
        return "Żadna Strona jeszcze nie podpisała."
    return f"Liczba podpisów, które staną się nieważne: {count}."


@page(perms.take_to_sign, _sent)
def file_to_sign(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    """The file that the party whose turn it is signs."""
    if not agreement.is_frozen:
        raise _not_sent(agreement)
    stored = file_to_continue(agreement)[0]
    return hand_out(request, stored, name=files.name_to_sign(agreement))


def _final(person: Person, pk: UUID, kind: str) -> tuple[Agreement, str]:
    return _sent(person, pk=pk), kind


@page(perms.see_agreement, _final)
def final(request: PersonRequest, agreement: Agreement, kind: str) -> HttpResponse:
    """The text in force, or as it was to the end, as a file with who signed it."""
    if agreement.state not in BINDING:
        raise _not_in_force(agreement)
    form = DayOfTextFilter(request.GET, agreement=agreement, today=request.actor.today)
    if form.errors:
        raise _no_text(agreement, form)
    amendments = amendments_on(agreement, form.day)
    content = printed_final(agreement, FORMATS[kind], by=request.actor, amendments=amendments)
    detail = f"obowiązuje od {pl_date(agreement.in_force_from)}"
    if form.chosen["dzien"] or (amendments and not agreement.is_ended):
        detail = f"tekst na {pl_date(form.day)}"
    elif agreement.is_ended:
        detail = f"nie obowiązuje od {pl_date(agreement.ended_on)}"
    name = file_name(file_title(agreement), f".{kind}", detail=detail)
    return file_response(content, name=name, content_type=FORMATS[kind])


def _not_sent(agreement: Agreement) -> Problem:
    return Problem(
        "Tego porozumienia nie przekazano do podpisu",
        f"Jego stan: {agreement.get_state_display()}.",
        at=agreement,
        action="Przejdź do porozumienia",
    )


def _no_text(agreement: Agreement, form: DayOfTextFilter) -> Problem:
    return Problem(
        "Tekstu z tego dnia nie ma",
        " ".join(map(str, form.errors["dzien"])),
        at=agreement,
        page="text",
        action="Przejdź do tekstu",
    )


def _not_in_force(agreement: Agreement) -> Problem:
    return Problem(
        "To porozumienie nie obowiązuje",
        f"Jego stan: {agreement.get_state_display()}.",
        at=agreement,
        action="Przejdź do porozumienia",
    )
