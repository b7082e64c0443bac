"""Word templates by which the office replaces ours (REG §2.11)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.audit.actor import actor
from kooperacja.documents import office_templates
from kooperacja.documents.actions import replace_template
from kooperacja.documents.errors import BadTemplate, RejectedUpload
from kooperacja.documents.models import DOCX, OfficeTemplate
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from tenants.partnership import perms
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page

_KEEPERS = "Szablony dokumentów zmienia Lider albo administrator OPS."
_CLAUSE = "§ 2 ust. 11 regulaminu"


class _TemplateForm(forms.Form):
    """A Word file, and the version its sender saw."""

    plik = forms.FileField(
        label="Szablon (plik programu Word, .docx)",
        widget=forms.ClearableFileInput({"accept": ".docx"}),
        help_text="Najprościej pobrać obecny szablon, zmienić go w programie Word i wgrać tutaj.",
    )
    po = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _allowed(request: TenantRequest, kind: str = "") -> office_templates.Replaceable | None:
    perms.replace_word_forms.require(person_of(request))
    document = office_templates.replaceable(kind)
    if kind and document is None:
        raise Http404
    return document


def _version(kind: str) -> int:
    newest = OfficeTemplate.objects.filter(kind=kind).first()
    return newest.version if newest else 0


@require_safe
def listing(request: TenantRequest) -> HttpResponse:
    _allowed(request)
    newest: dict[str, OfficeTemplate] = {}
    for one in OfficeTemplate.objects.all():
        newest.setdefault(one.kind, one)
    rows = [(one, newest.get(one.kind)) for one in office_templates.offered()]
    return render(request, "partnership/word_templates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: TenantRequest, kind: str) -> HttpResponse:
    """One document: its fields, the template in use, and a place to give another."""
    document = _allowed(request, kind)
    assert document is not None
    form = _TemplateForm(
        request.POST or None, request.FILES or None, initial={"po": _version(kind)}
    )
    if form.is_valid():
        try:
            replace_template(
                by=actor(request),
                kind=kind,
                upload=form.cleaned_data["plik"],
                after=form.cleaned_data["po"],
            )
        except (BadTemplate, RejectedUpload) as refused:
            form.add_error("plik", " ".join(filter(None, (refused.title, refused.explanation))))
        else:
            messages.success(request, f"{document.name}: Twój szablon jest w użyciu.")
            return redirect("partnership:word_template", kind)
    context: dict[str, Any] = {
        "document": document,
        "own": office_templates.own_template(kind),
        "fields": list(office_templates.fields(document.example)),
    }
    return form_page(request, "partnership/word_template.html", form, **context)


@require_safe
def download(request: TenantRequest, kind: str) -> HttpResponse:
    """Our own template, to begin from."""
    document = _allowed(request, kind)
    assert document is not None
    content = office_templates.template_file(document.default).read_bytes()
    disposition = f'attachment; filename="{kind.lower()}.docx"'
    return HttpResponse(content, DOCX, headers={"Content-Disposition": disposition})


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: TenantRequest, kind: str) -> HttpResponse:
    """Go back to our template; the office's stays in the file."""
    document = _allowed(request, kind)
    assert document is not None
    back = reverse("partnership:word_template", args=[kind])
    if request.method == "POST":
        if office_templates.own_template(kind) is not None:
            replace_template(by=actor(request), kind=kind, upload=None, after=_version(kind))
        messages.success(request, f"{document.name}: w użyciu jest szablon platformy.")
        return redirect(back)
    return confirm(
        request,
        question=f"Wrócić do szablonu platformy: {document.name}?",
        consequence="Nowe dokumenty powstaną z szablonu platformy. Wcześniejsze się nie zmienią.",
        undo="Swój szablon można wgrać ponownie.",
        button="Wróć do szablonu platformy",
        back=back,
        danger=False,
    )
