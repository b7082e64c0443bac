"""What two people take off at the same moment is taken off once, and the second hears so."""

from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Missing
from kooperacja.writes import AlreadySaved
from tenants.meetings.actions import agenda, attaching, templates
from tenants.meetings.models.meetings import AgendaItem
from tenants.registry.roles import Role
from tests.factories import meetings as make
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


def test_whatever_is_gone_is_taken_off_again_as_a_repeat() -> None:
    item, by = make.planned().items.get(), make.by()
    paper, template = make.paper(item), make.template()
    attaching.detach(by=by, paper_id=paper.pk)
    agenda.remove_item(by=by, item_id=item.pk)
    templates.remove_template(by=by, template_id=template.pk, version=template.version)
    entries = Entry.objects.count()
    with pytest.raises(AlreadySaved):
        attaching.detach(by=by, paper_id=paper.pk)
    with pytest.raises(AlreadySaved):
        agenda.remove_item(by=by, item_id=item.pk)
    with pytest.raises(AlreadySaved):
        templates.remove_template(by=by, template_id=template.pk, version=0)
    assert Entry.objects.count() == entries


def test_what_is_gone_is_not_changed() -> None:
    by = make.by()
    with pytest.raises(Missing):
        agenda.edit_item(by=by, item_id=uuid7(), version=0, values={})
    with pytest.raises(Missing):
        templates.edit_template(by=by, template_id=uuid7(), version=0, values={})


def test_the_second_of_two_clicks_is_led_to_the_meeting(
    partnership: TenantRef, monkeypatch: Any
) -> None:
    browser, _ = make_people.signed_in(partnership, Role.LEAD)
    with inside(partnership):
        meeting = make.planned()
        item, at = meeting.items.get(), meeting.url
    remove = agenda.remove_item

    def meanwhile(**given: Any) -> Any:
        AgendaItem.objects.filter(pk=item.pk).delete()
        return remove(**given)

    monkeypatch.setattr(agenda, "remove_item", meanwhile)
    answer = browser.post(f"{partnership.prefix}/spotkania/punkt/{item.pk}/usun/")
    assert (answer.status_code, answer.headers["location"]) == (302, at)
