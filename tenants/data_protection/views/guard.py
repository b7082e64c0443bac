"""How strict the office is about personal data in texts for everybody (REG §6.1 s.3)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.pages import form_page, page, sent, step
from tenants.data_protection import perms
from tenants.data_protection.actions import set_guard_rule
from tenants.data_protection.forms import GuardRuleForm
from tenants.data_protection.models import GuardRule
from tenants.people.identity import PersonRequest

_PAGE = "data_protection:guard"
_TITLE = "Kontrola danych osobowych"


@page(perms.see_guard)
def show(request: PersonRequest) -> HttpResponse:
    """The rule that holds, and those before it."""
    rules = list(GuardRule.objects.order_by("-number"))
    context = {
        "rule": rules[0] if rules else GuardRule(number=0),
        "history": rules,
        "can_set": perms.set_guard(request.person),
        "title": _TITLE,
    }
    return render(request, "data_protection/guard.html", context)


@step(perms.set_guard)
def edit(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        GuardRuleForm(**sent(request), instance=GuardRule.objects.newest()),
        partial(set_guard_rule, by=request.actor),
        said="Zapisano ustawienia kontroli.",
        to=_PAGE,
        title="Co ma ostrzegać, a co blokować",
        lead="Ustawienie działa od razu i dotyczy każdego, kto wysyła tekst do wszystkich "
        f"({perms.set_guard.clause}).",
        crumbs=[("Ochrona danych", "data_protection:data_protection"), (_TITLE, _PAGE)],
        last="Zmiana",
    )
