"""The same questions in everyday Polish find what they mean in a unit's own basket (REG §3.4)."""

from datetime import datetime

import pytest

from tenants.baskets.basket import chosen
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.said import Seen
from tenants.baskets.wanted import Wanted
from tenants.people.models import Organisation
from tenants.services.visibility import Visibility
from tests.tenants.services.recalled import invented, judge

NOW = datetime(2026, 11, 30, 10, 0)


@pytest.mark.usefixtures("gmina")
def test_what_people_ask_for_is_among_the_first_of_a_basket() -> None:
    seen = []
    for number, said in enumerate(invented(of_each=2)):
        card = Card(organisation=Organisation(name=f"Instytucja Zmyślona {number % 40}"))
        entry = ServiceEntry(service=Service(card=card, name=said["name"]), **said)
        seen.append(Seen(entry, Visibility.OFFICE, NOW.date()))
    judge(lambda asked: [one.entry.type_code for one in chosen(seen, Wanted(szukaj=asked), NOW)])
