"""Word templates by which the office replaces ours (REG §2.11)."""

from functools import partial

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kooperacja.documents.actions import replace_template
from kooperacja.documents.drawing import form_of
from kooperacja.documents.fits import Fit, fit_of
from kooperacja.documents.models import DOCX, OfficeTemplate
from kooperacja.documents.office_templates import own_template
from kooperacja.documents.papers import Paper, offered, paper_of
from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.files import file_response
from kooperacja.ui.forms import SeenNumber
from kooperacja.ui.page_parts import parts_of
from tenants.partnership import perms
from tenants.partnership.models import Partnership
from tenants.people.identity import PersonRequest
from tenants.people.models import Person


class _TemplateForm(forms.Form):
    """A Word file, and the version its sender saw."""

    file = forms.FileField(
        label="Szablon (plik programu Word, .docx)",
        widget=forms.ClearableFileInput({"accept": ".docx"}),
        help_text="Najprościej pobrać obecny szablon, zmienić go w programie Word i wgrać tutaj.",
    )
    without_fields = forms.BooleanField(
        label="Szablon bez pól",
        required=False,
        help_text="Zaznacz tylko wtedy, gdy w dokumencie nic się nie ma zmieniać.",
    )
    after = SeenNumber()

    def values(self) -> dict[str, object]:
        data = self.cleaned_data
        return {
            "upload": data["file"],
            "after": data["after"],
            "without_fields": data["without_fields"],
        }


class _ResetForm(forms.Form):
    """The version whose reader wants ours again."""

    after = SeenNumber()


def _document(person: Person, kind: str) -> Paper:
    document = paper_of(kind)
    if document is None:
        raise Http404
    return document


def _version(kind: str) -> int:
    return OfficeTemplate.objects.filter(kind=kind).values_list("version", flat=True).first() or 0


def _fit(own: OfficeTemplate | None, document: Paper) -> Fit | None:
    return fit_of(own, document) if own is not None and own.file_id else None


def _page(document: Paper) -> str:
    return reverse("partnership:word_template", args=[document.kind])


@page(perms.replace_word_forms)
def listing(request: PersonRequest) -> HttpResponse:
    """The data of the office, which every paper takes from here, and the forms of the papers."""
    newest: dict[str, OfficeTemplate] = {}
    for template in OfficeTemplate.objects.select_related("file", "trial"):
        newest.setdefault(template.kind, template)
    rows = [
        (document, newest.get(document.kind), _fit(newest.get(document.kind), document))
        for document in offered()
    ]
    context = {
        "partnership": Partnership.here(),
        "rows": rows,
        "parts": parts_of("partnership:word_templates", request),
    }
    return render(request, "partnership/word_templates.html", context)


@step(perms.replace_word_forms, _document, again=True)
def show(request: PersonRequest, document: Paper) -> HttpResponse:
    """One document: its fields, the template in use, and a place to give another."""
    own = own_template(document.kind)
    return form_page(
        request,
        _TemplateForm(**sent(request), initial={"after": _version(document.kind)}),
        partial(replace_template, by=request.actor, paper=document),
        said=f"{document.name}: Twój szablon jest w użyciu.",
        to=_page(document),
        template="partnership/word_template.html",
        document=document,
        own=own,
        fit=_fit(own, document),
        fields=document.fields,
    )


@page(perms.replace_word_forms, _document)
def download(request: PersonRequest, document: Paper) -> HttpResponse:
    """Our own template, to begin from."""
    return file_response(form_of(document), name=f"{document.kind.lower()}.docx", content_type=DOCX)


@step(perms.replace_word_forms, _document, again=True)
def reset(request: PersonRequest, document: Paper) -> HttpResponse:
    """Go back to our template; the office's stays in the file."""
    return question(
        request,
        _ResetForm(**sent(request), initial={"after": _version(document.kind)}),
        partial(replace_template, by=request.actor, paper=document, upload=None),
        said=f"{document.name}: w użyciu jest szablon platformy.",
        to=_page(document),
        crumbs=[
            ("Dane i szablony", "partnership:word_templates"),
            (document.name, _page(document)),
        ],
        question=f"Wrócić do szablonu platformy: {document.name}?",
        consequence="Nowe dokumenty powstaną z szablonu platformy. Wcześniejsze się nie zmienią.",
        undo="Swój szablon można wgrać ponownie.",
        button="Wróć do szablonu platformy",
        danger=False,
    )
