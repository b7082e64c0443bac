"""Agreements that lie before their parties and are signed, as their rows alone: nobody is told."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.workflow import move
from tenants.agreements.actions import force
from tenants.agreements.changes import kept
from tenants.agreements.models import Agreement, Party, Refusal, TextVersion
from tenants.agreements.text import Text
from tenants.people.followers import follow
from tests.factories import agreements as make
from tests.factories import people as make_people


def sent(agreement: Agreement | None = None, on: date | None = None, **values: Any) -> Agreement:
    """An agreement that lies before its parties since a day; a whole draft of three if none is given."""
    agreement = agreement or make.whole("C", 3, **values)
    lines = kept(Text(agreement).everything())
    text = TextVersion.objects.create(
        agreement=agreement,
        number=agreement.texts.count() + 1,
        lines=lines,
        actor_name="Ewa Testowa",
    )
    day = on or timezone.localdate()
    paper = make.issued("AGREEMENT", agreement.pk)
    fields = {"sent_on": day, "signed_text": text, "document": paper}
    move(agreement, "SIGNING", by=make.by(), on=day, **fields)
    return agreement


def sent_to_three() -> Agreement:
    """Sent to a school with a head here, a clinic known by its address alone, and a stranger."""
    school = make_people.organisation(name="Szkoła Przykładowa")
    make_people.head(school, email="szkola@example.pl")
    clinic = make_people.organisation(
        name="Przychodnia Przykładowa", email="przychodnia@example.pl"
    )
    draft = make.draft(
        "A", **make.BLANKS, force="DEADLINE", sign_by=timezone.localdate() + timedelta(days=20)
    )
    for of in (school, clinic):
        make.party(draft, of)
    make.party(draft, name="Stowarzyszenie Przykładowe")
    return sent(make.going_round(draft))


def signed(party: Party, on: date | None = None, mode: str = "PAPER_SCAN") -> Party:
    """A party whose signature of a day was entered."""
    party = Party.objects.select_related("agreement").get(pk=party.pk)
    day = on or timezone.localdate()
    make.signed(party, mode, signed_on=day)
    party.refresh_from_db(fields=["state"])
    return party


def refused(party: Party, reason: str = "Nie zgadza się rada") -> Party:
    """A party whose refusal was entered today."""
    party = Party.objects.select_related("agreement").get(pk=party.pk)
    today = timezone.localdate()
    document = party.agreement.document
    fields = {"document": document, "reason": reason, "refused_on": today}
    Refusal.objects.create(party=party, actor_name="Ewa Testowa", **fields)
    move(party, "REFUSED", by=make.by(), on=today)
    return party


def looked_at(agreement: Agreement) -> Agreement:
    """An agreement after the nightly look at it."""
    force.look_at(by=SYSTEM, agreement_id=agreement.pk)
    return Agreement.objects.get(pk=agreement.pk)


def in_force(agreement: Agreement, days: dict[Party, date], since: date) -> Agreement:
    """It is in force since a day, between the parties that signed on these days."""
    sent(agreement)
    for of, day in days.items():
        make.signed(of, signed_on=day)
    make.brought_into_force(agreement, since)
    follow(Agreement)
    return Agreement.objects.get(pk=agreement.pk)


def between(agreement: Agreement, parties: Iterable[Party], since: date) -> Agreement:
    """The same between parties that all signed on its first day."""
    return in_force(agreement, dict.fromkeys(parties, since), since)
