"""The regional template of the regulation: what is published, and the next one (REG §9)."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.audit.actor import Actor
from kooperacja.pages import form_page, sent
from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import SeenNumber
from kooperacja.writes import StaleForm
from region.panel import actions
from tenants.exchange.clauses import BLANKS, Clause, framework
from tenants.exchange.forms import ClausesForm
from tenants.exchange.models import RegulationTemplate
from tenants.registry.perms import RegionRequest, region_page, region_step


class TemplateForm(ClausesForm):
    """The next template, and what tenants read about it."""

    after = SeenNumber()
    note = LongText(
        label="Co się zmienia i dlaczego",
        rows=3,
        help_text="Przeczytają to ośrodki, zanim przejmą nowe brzmienie.",
    )

    def values(self) -> dict[str, Any]:
        return {
            "clauses": self.clauses(),
            "note": self.cleaned_data["note"],
            "after": self.cleaned_data["after"],
        }

    def seen_now(self, newest: RegulationTemplate | None) -> dict[str, str]:
        """The form's hidden values once its reader has seen the newest template."""
        return {"after": str(newest.number if newest else 0)}


@region_page()
def current(request: RegionRequest) -> HttpResponse:
    """The newest template; before the first one, the framework regulation."""
    published = list(RegulationTemplate.objects.defer("clauses")[1:])
    newest = RegulationTemplate.objects.first()
    clauses = newest.clauses if newest else framework()
    context = {
        "newest": newest,
        "former": published,
        "clauses": [Clause(clause["ref"], clause["text"]) for clause in clauses],
    }
    return render(request, "region/panel/regulation_template.html", context)


@region_step(again=True)
def publish(request: RegionRequest) -> HttpResponse:
    """Write the next template on the basis of the newest."""
    newest = RegulationTemplate.objects.first()
    number = newest.number if newest else 0
    before = newest.clauses if newest else framework()
    form = TemplateForm(**sent(request), clauses=before, initial={"after": number})
    return form_page(
        request,
        form,
        partial(_publish, request.actor, form),
        said=lambda template: f"Opublikowano wzór regulaminu nr {template.number}.",
        to="panel:regulation_template",
        template="region/panel/regulation_template_new.html",
        blanks=BLANKS,
    )


def _publish(by: Actor, form: TemplateForm, **values: Any) -> RegulationTemplate:
    if values["clauses"] == [{"ref": clause.ref, "text": clause.text} for clause in form.before]:
        raise ValidationError("Nic się nie zmieniło względem obowiązującego wzoru.")
    try:
        return actions.publish_template(by=by, **values)
    except StaleForm as stale:
        seen = form.seen_now(stale.current)
        form.data = {**form.data.dict(), **seen}  # type: ignore[attr-defined]
        raise ValidationError(
            f"W międzyczasie opublikowano wzór nr {seen['after']}. Twój tekst jest w formularzu: "
            "porównaj go z nowym wzorem i wyślij jeszcze raz.",
        ) from None
