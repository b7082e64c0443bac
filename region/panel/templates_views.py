"""The regional template of the regulation: what is published, and the next one (REG §9)."""

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.accounts.factors import fresh_second_factor
from kooperacja.audit.actor import actor
from tenants.exchange import actions
from tenants.exchange.clauses import BLANKS, Clause, framework
from tenants.exchange.forms import ClausesForm
from tenants.exchange.models import RegulationTemplate
from tenants.registry.perms import region_view


class TemplateForm(ClausesForm):
    """The next template, and what tenants read about it."""

    note = forms.CharField(
        label="Co się zmienia i dlaczego",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Przeczytają to ośrodki, zanim przejmą nowe brzmienie.",
    )
    po = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


@require_safe
@region_view
def current(request: HttpRequest) -> HttpResponse:
    """The newest template; before the first one, the framework regulation."""
    published = list(RegulationTemplate.objects.defer("clauses")[1:])
    newest = RegulationTemplate.objects.first()
    clauses = newest.clauses if newest else framework()
    context = {
        "newest": newest,
        "former": published,
        "clauses": [Clause(one["ref"], one["text"]) for one in clauses],
    }
    return render(request, "region/panel/regulation_template.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@region_view
@fresh_second_factor()
def publish(request: HttpRequest) -> HttpResponse:
    """Write the next template on the basis of the newest."""
    newest = RegulationTemplate.objects.first()
    number = newest.number if newest else 0
    before = newest.clauses if newest else framework()
    form = TemplateForm(request.POST or None, clauses=before, initial={"po": number})
    if form.is_valid() and (done := _published(request, form, number)) is not None:
        return done
    status = 422 if form.errors else 200
    return render(
        request,
        "region/panel/regulation_template_new.html",
        {"form": form, "blanks": BLANKS},
        status=status,
    )


def _published(request: HttpRequest, form: TemplateForm, number: int) -> HttpResponse | None:
    """Where to go once it is published; None when the form must be looked at again."""
    written = form.clauses()
    if written == [{"ref": one.ref, "text": one.text} for one in form.before]:
        form.add_error(None, "Nic się nie zmieniło względem obowiązującego wzoru.")
        return None
    try:
        made = actions.publish_template(
            by=actor(request),
            clauses=written,
            note=form.cleaned_data["note"],
            after=form.cleaned_data["po"],
        )
    except IntegrityError:
        data = request.POST.copy()
        data["po"] = str(number)
        form.data = data
        form.add_error(
            None,
            f"W międzyczasie opublikowano wzór nr {number}. Twój tekst jest w formularzu: "
            "porównaj go z nowym wzorem i wyślij jeszcze raz.",
        )
        return None
    messages.success(request, f"Opublikowano wzór regulaminu nr {made.number}.")
    return redirect("panel:regulation_template")
