""" "Partnerstwo w skrócie": a few facts beside what waits, to members alone (REG §1.8, §9)."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import voting as votes
from tests.tenants.reading import HOME, text_of


def facts(client: Client) -> dict[str, str]:
    page = text_of(client.get(HOME))
    _, _, section = page.partition('id="skrot"')
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", section.partition("</dl>")[0], re.DOTALL)
    return {name: re.sub(r"<[^>]+>", "", said) for name, said in rows}


def test_the_first_page_tells_who_belongs_and_by_which_regulation(
    in_partnership: TenantRef, keeper: Client
) -> None:
    assert facts(keeper)["Kooperanci"] == "jeszcze żaden"
    first, second = (make_partnership.member(make.organisation()) for _ in range(2))
    make_partnership.worker(first)
    make_partnership.worker(first)
    make_partnership.member(make.organisation(), ended_on=timezone.localdate())

    shown = facts(keeper)

    assert shown["Kooperanci"] == "2 kooperanci"
    assert shown["Praca z rodzinami"] == "1 kooperant wskazał pracowników do ZZK"
    assert shown["Regulamin"].startswith("wersja 1, od ")
    assert "Działa od" in shown
    assert "Głosowanie" not in shown
    partner, _ = make.signed_in(in_partnership, "PARTNER_WORKER", organisation=second.organisation)
    assert facts(partner) == shown


def test_a_vote_is_told_while_it_goes_on_and_when_it_is_over(
    in_partnership: TenantRef, keeper: Client
) -> None:
    today = timezone.localdate()
    version = votes.opened(lead := make.lead(), days=14)
    ends = pl_date(today + timedelta(days=14)).replace("\N{NO-BREAK SPACE}", " ")
    assert facts(keeper)["Głosowanie"] == f"trwa do {ends}"
    with inside(in_partnership):
        votes.vote(version, lead)
        votes.close(version, lead)
    closed = pl_date(today).replace("\N{NO-BREAK SPACE}", " ")
    assert facts(keeper)["Głosowanie"] == f"ostatnie trwało do {closed}"


def test_whoever_only_applies_reads_none_of_it(in_partnership: TenantRef) -> None:
    client, _ = make.signed_in(in_partnership, "APPLICANT", organisation=make.organisation())
    assert facts(client) == {}
