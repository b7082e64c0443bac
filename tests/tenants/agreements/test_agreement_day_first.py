"""What a day has decided holds for whoever acts before the nightly look (POR signatures)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate as today

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.ui.problems import Problem
from tenants.agreements import tasks
from tenants.agreements.actions import amendment_sending, sending, signing
from tenants.agreements.models import Accession, Agreement, Amendment, Party, Signature
from tenants.agreements.today import signatures_wait
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people
from tests.tenants.reading import text_of

pytestmark = pytest.mark.usefixtures("in_partnership")
AT = "/gmina/gogolin/porozumienia"


def yesterday() -> Any:
    return today() - timedelta(days=1)


def past_its_day(signed: int = 2, **way: Any) -> Agreement:
    """It lay before three parties until yesterday; the nightly task has not run yet."""
    way = way or {"force": "DEADLINE", "sign_by": yesterday()}
    agreement = make_force.sent(on=today() - timedelta(days=9), **way)
    for party in agreement.parties.all()[:signed]:
        make_force.signed(party, yesterday())
    return agreement


def seen(agreement: Agreement) -> tuple[str, Any]:
    agreement = Agreement.objects.get(pk=agreement.pk)
    return agreement.state, agreement.in_force_from


def withdraws(agreement: Agreement) -> None:
    make.turned_down(agreement.parties.all()[0])


def signs_late(agreement: Agreement) -> None:
    make.entered(agreement.parties.all()[2])


def takes_back(agreement: Agreement) -> None:
    sending.take_back(
        by=make.by(), agreement_id=agreement.pk, version=agreement.version, reason="Błąd"
    )


@pytest.mark.parametrize("act", [withdraws, signs_late, takes_back])
def test_nobody_undoes_what_is_in_force_since_the_day_after_the_last(act: Any) -> None:
    agreement = past_its_day()
    before = list(agreement.parties.values())
    with pytest.raises(Problem) as told:
        act(agreement)
    assert "Jego stan: obowiązuje" in told.value.explanation
    assert seen(agreement) == ("IN_FORCE", today())
    assert list(agreement.parties.values()) == before
    assert Signature.objects.valid_for(agreement).count() == 2
    # The day did it, not the one who acted.
    assert Entry.objects.get(verb="AGREEMENT_IN_FORCE").actor_name == "System"


def test_on_the_last_day_itself_a_signature_may_still_be_withdrawn() -> None:
    agreement = past_its_day(3, force="DEADLINE", sign_by=today())
    withdraws(agreement)
    assert seen(agreement) == ("SIGNING", None)
    assert agreement.parties.all()[0].state == "REFUSED"


def test_one_of_a_set_day_is_in_force_once_that_day_has_come() -> None:
    agreement = past_its_day(3, force="DAY", force_on=today())
    with pytest.raises(Problem):
        withdraws(agreement)
    assert seen(agreement) == ("IN_FORCE", today())


def test_a_refusal_is_not_taken_back_after_a_day_that_made_it_fail() -> None:
    agreement = past_its_day(1)
    second = make_force.refused(agreement.parties.all()[1])
    with pytest.raises(Problem) as told:
        signing.come_back(by=make.by(), party_id=second.pk, version=second.version)
    assert "nie weszło w życie" in told.value.explanation
    assert seen(agreement) == ("FAILED", None)
    assert Party.objects.get(pk=second.pk).state == "REFUSED"


def test_a_party_leaves_what_is_in_force_since_this_morning() -> None:
    agreement = past_its_day(3)
    life.leave(agreement.parties.all()[0], 5)
    assert seen(agreement) == ("IN_FORCE", today())
    assert agreement.parties.all()[0].ended_on == life.day(5)


def test_the_page_of_a_withdrawal_enters_the_force_and_refuses(keeper: Client) -> None:
    agreement = past_its_day()
    party = agreement.parties.all()[0]
    at = f"{AT}/strony/{party.pk}/odmowa/"
    answer = keeper.post(at, {"version": party.version, "reason": "Rada się nie zgodziła"})
    assert answer.status_code == 409
    assert "nie czeka na podpisy" in text_of(answer)
    assert seen(agreement) == ("IN_FORCE", today())


def aneks_past_its_day() -> Amendment:
    amendment = make_amendment.lying(make_amendment.agreement())
    make_amendment.entered(make_amendment.side(amendment))
    Amendment.objects.update(
        dated_on=yesterday(), sent_on=today() - timedelta(days=9), sign_by=yesterday()
    )
    return Amendment.objects.get()


@pytest.mark.parametrize("act", ["sign", "refuse", "take back"])
def test_an_aneks_that_was_not_signed_in_time_has_failed(act: str) -> None:
    amendment = aneks_past_its_day()
    second = make_amendment.side(amendment, 1)
    taken = {"amendment_id": amendment.pk, "version": amendment.version}
    acts = {
        "sign": lambda: make_amendment.entered(second, signed_on=yesterday()),
        "refuse": lambda: make_amendment.turned_down(second),
        "take back": lambda: amendment_sending.take_back(by=make.by(), reason="Błąd", **taken),
    }
    with pytest.raises(Problem):
        acts[act]()
    assert Amendment.objects.get().state == "FAILED"
    assert [one.state for one in amendment.sides.all()] == ["SIGNED", "WAITING", "WAITING"]


def accession_past_its_day() -> Accession:
    accession = later.prepared(later.in_force(), later.hospital(), sign_by=today())
    Accession.objects.update(prepared_on=today() - timedelta(days=9), sign_by=yesterday())
    return accession


def test_an_accession_that_was_not_signed_in_time_is_signed_no_more(keeper: Client) -> None:
    accession = accession_past_its_day()
    with pytest.raises(Problem, match="minął"):
        later.signed(accession, signed_on=yesterday())
    answer = keeper.get(f"{AT}/przystapienia/{accession.pk}/podpis/")
    assert (answer.status_code, "Termin minął: do " in text_of(answer)) == (409, True)
    assert not Signature.objects.filter(document=accession.document).exists()
    assert Party.objects.get(pk=accession.party_id).state == "JOINING"


def ended_today(agreement: Agreement) -> None:
    """The night in which its state follows has not come."""
    Agreement.objects.filter(pk=agreement.pk).update(ended_on=today())


@pytest.mark.parametrize("act", ["sign", "prepare"])
def test_nobody_accedes_to_what_binds_nobody_since_this_morning(act: str) -> None:
    agreement = later.in_force()
    accession = later.prepared(agreement, later.hospital())
    ended_today(agreement)
    with pytest.raises(Problem, match="przestało obowiązywać"):
        later.signed(accession) if act == "sign" else later.prepared(agreement)
    assert (Accession.objects.get().state, Party.objects.count()) == ("PREPARED", 4)
    assert not Signature.objects.filter(document=accession.document).exists()


def test_nobody_more_signs_what_binds_nobody_since_this_morning() -> None:
    agreement = past_its_day(2, force="ENOUGH", enough=2)
    agreement = make_force.looked_at(agreement)
    ended_today(agreement)
    with pytest.raises(Problem, match="nie czeka na podpisy"):
        make.entered(agreement.parties.all()[2])
    assert agreement.parties.all()[2].state == "WAITING"


def test_one_signature_changes_nothing_in_what_binds_nobody_since_this_morning() -> None:
    amendment = make_amendment.lying(make_amendment.agreement())
    ended_today(amendment.agreement)
    with pytest.raises(Problem, match="nie czeka na podpisy"):
        make_amendment.entered(make_amendment.side(amendment))
    assert Amendment.objects.get().state == "FAILED"
    assert not Signature.objects.filter(document=amendment.document).exists()


def test_past_its_last_day_its_pages_offer_no_signature_and_say_why(
    keeper: Client, partnership: Any
) -> None:
    accession = accession_past_its_day()
    at = f"{AT}/przystapienia/{accession.pk}/"
    page = text_of(keeper.get(at))
    assert "Wpisz podpis" not in page
    assert "Wycofaj przystąpienie" in page
    assert "nie podpisano, więc instytucja tym dokumentem już nie przystąpi" in page
    assert "termin na podpis minął" in text_of(keeper.get(f"{AT}/{accession.agreement_id}/"))
    hospital = Party.objects.get(pk=accession.party_id).organisation
    assert list(signatures_wait(make_people.head(hospital), today())) == []
    tasks.look_in_one(str(partnership.id))
    assert "nie podpisano, więc" not in text_of(keeper.get(at))


def mails(code: str) -> list[str]:
    rows = Outgoing.objects.filter(kind="MAIL", payload__code=code).order_by("id")
    return [one.payload["email"] for one in rows]


def test_the_night_after_its_last_day_an_accession_lapses_and_is_told_once(
    partnership: Any,
) -> None:
    hospital = later.hospital()
    make_people.head(hospital, email="szpital@example.pl")
    accession = later.prepared(later.in_force(), hospital, sign_by=today())
    tasks.look_in_one(str(partnership.id))
    accession.refresh_from_db()
    assert accession.state == "PREPARED"
    Accession.objects.update(prepared_on=today() - timedelta(days=9), sign_by=yesterday())
    for _ in range(2):
        tasks.look_in_one(str(partnership.id))
    accession.refresh_from_db()
    assert (accession.state, accession.withdrawn_on) == ("WITHDRAWN", today())
    assert accession.reason.startswith("Termin minął: do ")
    assert not Party.objects.filter(state="JOINING").exists()
    assert mails("ACCESSION_WITHDRAWN").count("szpital@example.pl") == 1


@pytest.mark.parametrize(("left", "count"), [(8, 0), (7, 1), (2, 1), (0, 1)])
def test_an_institution_is_reminded_before_the_last_day_of_its_accession(
    partnership: Any, left: int, count: int
) -> None:
    hospital = later.hospital()
    make_people.head(hospital, email="szpital@example.pl")
    later.prepared(later.in_force(), hospital, sign_by=today() + timedelta(days=left))
    Accession.objects.update(prepared_on=today() - timedelta(days=9))
    for _ in range(2):
        tasks.look_in_one(str(partnership.id))
    assert mails("ACCESSION_SIGN_REMINDER") == ["szpital@example.pl"] * count


def test_whoever_signed_an_accession_is_reminded_no_more(partnership: Any) -> None:
    accession = later.prepared(
        later.in_force(), later.hospital(email="szpital@example.pl"), sign_by=life.day(2)
    )
    Accession.objects.update(prepared_on=today() - timedelta(days=9))
    later.signed(accession)
    tasks.look_in_one(str(partnership.id))
    assert mails("ACCESSION_SIGN_REMINDER") == []


def test_the_leave_of_the_last_that_was_waited_for_brings_an_aneks_into_force_at_once() -> None:
    amendment = make_amendment.lying(make_amendment.agreement())
    for number in (0, 1):
        make_amendment.entered(make_amendment.side(amendment, number))
    missing = make_amendment.side(amendment, 2).party
    departure = life.leave(missing, 3)
    assert Amendment.objects.get().state == "SIGNING"
    life.stay(departure)
    life.leave(Party.objects.get(pk=missing.pk))
    amendment.refresh_from_db()
    assert (amendment.state, amendment.in_force_from) == ("IN_FORCE", today())
