"""A service of a master card at another address, which is a service of its own (REG §3.2)."""

from tenants.masters.models import MasterService
from tests.factories import accounts
from tests.region.directory.conftest import Adopted


def test_the_same_service_at_another_address_is_a_service_of_its_own(adopted: Adopted) -> None:
    master = adopted.master
    client = accounts.client_of(adopted.keeper)
    assert master.url_of("elsewhere") in client.get(master.url).content.decode()
    form = client.get(master.url_of("elsewhere")).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in shown.items() if value not in (None, False)}
    answer = client.post(master.url_of("elsewhere"), typed | {"city": "Nibylandia"})

    other = MasterService.objects.exclude(pk=master.pk).get()
    assert answer.headers["Location"] == other.url
    assert (other.name, other.card_id) == (f"{master.name} (Nibylandia)", master.card_id)
    assert (other.about, other.street, other.hours) == (master.about, "", None)
