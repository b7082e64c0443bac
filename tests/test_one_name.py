"""The office says once what it is called: pages and papers take it from there, frozen ones keep theirs."""

import json
from collections.abc import Iterator

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.documents.models import Document
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from tenants.accession.actions import applicants, leaving
from tenants.accession.papers import declaration_context, resignation_context
from tenants.data_protection.papers import (
    agreement_context,
    authorisation_context,
    data_rules_context,
)
from tenants.partnership.models import Partnership
from tenants.partnership.papers import register_context
from tenants.regulation.models import RegulationVersion
from tenants.regulation.papers import regulation_context
from tests.declared import Page, every
from tests.factories import people as make
from tests.place import Place

OLD_UNIT, NEW_UNIT = "Gmina Gogolin", "Gmina Nowa Próba"
OLD, NEW = "Ośrodek Pomocy Społecznej w Gogolinie", "Centrum Usług Społecznych w Nowej Próbie"
OLD_AREA, NEW_AREA = "gminie Gogolin", "gminie Nowa Próba"
# Pages on which a version, or a ballot on it, says what it said when it was adopted or voted on.
OF_A_VERSION = {
    "calendar",
    "home",
    "partnership:word_templates",
    "meetings:item_decide",  # as they were called when they met
    "meetings:item_exclude",
    "join_regulation",
    "regulation:regulations",
    "regulation:regulation_difference",
    "regulation:regulation_paper_vote",
    "regulation:regulation_vote",
    "regulation:regulation_voting",
    "data_protection:data_rules",
}


def renamed(place: Place) -> None:
    """The Lider corrects the data of the office; the forms of both names follow by themselves."""
    with inside(place.here):
        office = Partnership.objects.get()
    page = next(page for page in every(Page) if page.name == "partnership:office_edit")
    names = ("lead_locative", "lead_genitive", "area_locative", "area_genitive", "version")
    kept = {name: getattr(office, name) for name in names}
    form = {**kept, "lead_name": NEW, "area": "Gmina Nowa Próba"}
    assert place.clients["L"].post(place.address(page), form).status_code == 302


def pages(place: Place) -> Iterator[tuple[str, str]]:
    for page in every(Page):
        for visitor in "LP-":
            answer = place.clients[visitor].get(place.address(page))
            content = b"" if answer.streaming else answer.content
            if answer.status_code == 200 and b"<html" in content:
                yield page.name, content.decode()
                break


def papers(place: Place) -> Iterator[dict[str, object]]:
    """What each kind of paper would say if it were made now."""
    rows, day = place.rows, timezone.localdate()
    office = Partnership.objects.get()
    draft = RegulationVersion.objects.get(pk=rows["change"].pk)
    scope = {"case_mark": "", "scope": "FAMILIES", "from_on": day, "until": day}
    scope |= dict.fromkeys(("purpose", "data_kinds", "person_categories"), "")
    yield register_context(day, day)
    yield declaration_context(rows["filed"], office)
    yield resignation_context(rows["membership"], office, None)
    yield agreement_context(rows["organisation"], office, scope)
    yield authorisation_context(rows["authorisation"], office)
    yield regulation_context(draft)
    yield data_rules_context(draft, "Treść.")


def contexts() -> list[object]:
    """What the papers that were issued say."""
    return [document.context for document in Document.objects.order_by("pk")]


def test_one_change_of_the_name_is_on_every_page_and_paper_and_on_no_frozen_one(
    place: Place,
) -> None:
    with inside(place.here):
        frozen = contexts()
        adopted = RegulationVersion.objects.get(number=1)
    assert frozen

    renamed(place)

    shown = dict(pages(place))
    assert {name for name, text in shown.items() if OLD in text} <= OF_A_VERSION
    forms = ("Centrum Usług Społecznych w Nowej Próbie", "gminy Nowa Próba")
    for said in (f"pracownicy {forms[0]}", f"przyjmują w {forms[0]}", f"obszarze {forms[1]}"):
        assert said in shown["join"].replace("\N{NO-BREAK SPACE}", " ")
    for name in ("join", "accessibility", "partnership:members", "partnership:word_templates"):
        assert NEW in shown[name], name
    with inside(place.here):
        for context in papers(place):
            said = json.dumps(context, ensure_ascii=False, default=str)
            assert NEW in said
            assert OLD not in said
            assert OLD_AREA not in said
        assert contexts() == frozen
        kept = RegulationVersion.objects.get(number=1)
        assert (kept.lead_name, kept.area) == (adopted.lead_name, adopted.area) == (OLD, OLD_AREA)
        assert Partnership.objects.get().where == NEW_AREA


def mails(place: Place) -> list[str]:
    """What is sent when an institution is invited to declare, and when all is over."""
    with inside(place.here):
        lead = make.by(make.lead())
        Outgoing.objects.all().delete()
        applicants.invite_applicant(
            by=lead,
            key=uuid7(),
            organisation_id=place.rows["free"].pk,
            full_name="Ewa Próbna",
            email="ewa.probna@example.pl",
        )
        leaving.dissolve(by=lead)
        sent = [row.payload for row in Outgoing.objects.order_by("pk")]
        drain(Outgoing, handlers())
    sent += [row.payload for row in OutgoingMessage.objects.order_by("pk")]
    return [" ".join(str(payload).replace("\\n", " ").split()) for payload in sent]


def test_mails_say_the_new_name_and_no_old_one(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "_require_majority", lambda by, partnership: None)
    renamed(place)
    said = mails(place)
    assert len(said) >= 2
    assert any(f"rozwiązał Partnerstwo ({NEW_UNIT})" in mail for mail in said)
    assert [mail for mail in said for old in (OLD, OLD_AREA, OLD_UNIT) if old in mail] == []
