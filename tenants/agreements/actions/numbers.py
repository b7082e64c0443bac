"""Agreements are numbered, numbers are cancelled, and the office says how (POR-C signatures)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm, came_in, found_or_new, next_in
from tenants.agreements import perms, rules
from tenants.agreements.models import Agreement, AgreementNumber, NumberRule, NumberYear
from tenants.people.models import Person


def give(by: Actor, agreement: Agreement, typed: str) -> str:
    """Give a locked agreement its number of this year, in the transaction that sends it.

    Others of the year wait for the row of the year, and what is rolled back gives its number back.
    """
    year = by.today.year
    found_or_new(NumberYear, year=year)
    NumberYear.objects.select_for_update().get(year=year)
    series = AgreementNumber.objects.filter(year=year)
    rule, serial = NumberRule.objects.newest(), None
    if not typed and rule.is_typed:
        raise ValidationError({"number": "Wpisz numer, który porozumieniu nadał EZD."})
    if not typed:
        serial = next_in(series.order_by(), "serial")
        typed = rules.number_of(rule.pattern, serial, year)
    _require_free(series, agreement, typed, is_own=serial is None)
    AgreementNumber.objects.create(
        agreement=agreement, year=year, serial=serial, text=typed, given_on=by.today
    )
    return typed


def cancel(by: Actor, agreement: Agreement, reason: str) -> None:
    """Cancel the number of a locked agreement; it stays in the register, with the reason."""
    held = agreement.numbers.filter(cancelled_on=None)
    held.update(cancelled_on=by.today, reason=reason[:500])


def _require_free(series: Any, agreement: Agreement, number: str, *, is_own: bool) -> None:
    """No other agreement has or had it in this year; one taken back keeps its number of the EZD."""
    taken = series.filter(text__iexact=number)
    if is_own and (wrong := rules.wrong_number(number)):
        raise ValidationError({"number": wrong})
    if is_own and taken.exclude(agreement=agreement, serial=None).exists():
        raise ValidationError({"number": "Ten numer ma już w tym roku inne porozumienie."})
    if not is_own and taken.exists():
        raise Problem(
            f"Numer {number} jest już zajęty",
            "W tym roku wpisano go ręcznie innemu porozumieniu. Zmień wzór numeru i przekaż "
            "porozumienie do podpisu jeszcze raz.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )


@transaction.atomic
def set_rule(*, by: Actor, version: int, values: dict[str, Any]) -> NumberRule:
    """Say how agreements get their numbers; those given before stay."""
    perms.write_agreements.require(Person.objects.acting(by))
    held = NumberRule.objects.newest()
    changed = {
        name: [getattr(held, name), value]
        for name, value in values.items()
        if getattr(held, name) != value
    }
    if not changed:
        raise AlreadySaved(held)
    if wrong := rules.wrong_pattern(values["pattern"]):
        raise ValidationError({"pattern": wrong})
    rule = NumberRule(number=held.number + 1, set_by=by.name[:200], **values)
    if version != held.number or not came_in(rule):
        raise StaleForm(NumberRule.objects.newest())
    record(by=by, verb="AGREEMENT_NUMBERING_SET", obj=rule, data=changed)
    return rule
