"""The guard of a unit: the same for every name, told to the author alone, as strict as its office says."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpResponse, QueryDict
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from api.v1.forms import KeyedSerializer, checked
from api.v1.problems import Unprocessable
from kooperacja.audit.models import Entry, Via
from kooperacja.drafts.rules import names_of
from kooperacja.guard.checking import check, name_of_file
from kooperacja.guard.forms import REASON, SEEN, GuardedForm
from kooperacja.guard.kinds import Kind
from kooperacja.pages import form_page
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.fields import Line, LongText, WebAddress
from kooperacja.ui.forms import KeyedForm, values_of
from kooperacja.writes import StaleForm
from tenants.data_protection.actions import set_guard_rule
from tenants.data_protection.models import GuardRule, rule_of
from tenants.partnership.models import Partnership
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

GUARD = PARTNERSHIP + "ochrona-danych/kontrola/"
PESEL = "44051401359"
FREE = {rule_of(kind): "WARN" for kind in Kind}


class MessageForm(GuardedForm, KeyedForm):
    """A message for everybody."""

    subject = Line(label="Temat", max_length=200)
    text = LongText(label="Treść", max_length=20_000)


def form(text: str, **more: str) -> MessageForm:
    data = QueryDict(mutable=True)
    data.update({"key": "01890000-0000-7000-8000-000000000001", "subject": "Plan", "text": text})
    data.update(more)
    return MessageForm(data)


# --- The form ----------------------------------------------------------------------------------


def test_a_text_without_them_is_sent_and_no_reason_is_kept(in_partnership: TenantRef) -> None:
    clean = form("Spotkanie w maju.", guard_reason="na wszelki wypadek")
    assert clean.is_valid()
    assert values_of(clean)[REASON] == ""
    assert {REASON, SEEN} & set(clean.cleaned_data) == set()
    assert REASON not in str(clean) and SEEN not in str(clean)


class PageForm(GuardedForm):
    """The address of a page for everybody."""

    page = WebAddress(label="Adres strony")


@pytest.mark.parametrize(
    "sent", ["?do=ala%40zmyslona.example", f"{PESEL}/", "?tel=601%20234%20567"]
)
def test_the_address_of_a_page_is_looked_at_as_it_is_read(
    in_partnership: TenantRef, sent: str
) -> None:
    address = QueryDict(mutable=True)
    address.update({"page": f"https://strona.example/{sent}"})
    assert not PageForm(address).is_valid()
    address["page"] = "https://strona.example/poradnik-2026/"
    assert PageForm(address).is_valid()


def test_a_warning_says_what_and_where_and_asks_why(in_partnership: TenantRef) -> None:
    warned = form("Plan.\nDzwoni p. Zmyślony-Wzorowski, tel. 501 234 567.")
    assert not warned.is_valid()
    assert warned.errors["text"] == [
        "„p. Zmyślony-Wzorowski” (wiersz 2) wygląda na nazwisko rodziny albo osoby.",
        "„501 234 567” (wiersz 2) wygląda na numer telefonu.",
    ]
    html = str(warned)
    assert "Sprawdź dane osobowe, zanim wyślesz" in html
    assert 'href="#id_text"' in html and "Dzwoni p. Zmyślony-Wzorowski" in html
    assert html.index('name="guard_reason"') > html.index('name="text"')
    assert 'aria-invalid="true"' in html


def test_beside_what_is_blocked_it_says_that_the_rest_may_go_later(
    in_partnership: TenantRef,
) -> None:
    both = form(f"Dzwoni p. Wiśniewska, {PESEL}.")
    [first] = both.non_field_errors()
    assert first.startswith("Najpierw usuń to, czego nie można wysłać. O resztę zapytamy potem")
    assert "Sprawdź dane osobowe, zanim wyślesz" in str(both)
    for one in (f"Numer {PESEL}.", "Dzwoni p. Wiśniewska."):
        assert not form(one).non_field_errors()


def test_with_a_reason_it_is_sent(in_partnership: TenantRef) -> None:
    text = "Dzwoni p. Wiśniewska."
    warned = form(text)
    assert not warned.is_valid()
    sent = form(text, guard_reason="to sołtys", guard_seen=warned.data[SEEN])
    assert sent.is_valid()
    assert values_of(sent)[REASON] == "to sołtys"


def test_a_reason_is_no_word_for_what_was_not_shown(in_partnership: TenantRef) -> None:
    warned = form("Dzwoni p. Wiśniewska.")
    assert not warned.is_valid()
    text = "Dzwoni p. Wiśniewska, tel. 501234567."
    again = form(text, guard_reason="to sołtys", guard_seen=warned.data[SEEN])
    assert not again.is_valid()
    assert len(again.errors["text"]) == 2
    assert form(text, guard_reason="to sołtys", guard_seen=again.data[SEEN]).is_valid()


def test_what_the_office_blocks_is_never_sent(in_partnership: TenantRef) -> None:
    blocked = form(f"Numer {PESEL}.", guard_reason="bo tak")
    assert not blocked.is_valid()
    assert blocked.errors["text"] == [
        f"„{PESEL}” wygląda na numer PESEL. Tego nie można wysłać: usuń to z tekstu."
    ]
    assert 'name="guard_reason"' not in str(blocked)


def test_no_draft_keeps_the_reason(in_partnership: TenantRef) -> None:
    assert set(names_of(form("x"))) == {"key", "subject", "text"}


def test_the_page_keeps_what_was_typed(in_partnership: TenantRef, rf: RequestFactory) -> None:
    def send(**values: Any) -> None:
        raise AssertionError("sent")

    request = rf.post("/")
    page: HttpResponse = form_page(
        request, form(f"Numer {PESEL}."), send, said="Wysłano.", to="home", title="Wiadomość"
    )
    assert page.status_code == 422
    assert f"Numer {PESEL}.</textarea>" in text_of(page)


def test_a_program_hears_the_same_and_may_say_why(in_partnership: TenantRef) -> None:
    class MessageSerializer(KeyedSerializer):
        FORM = MessageForm

    fields = MessageSerializer().get_fields()
    assert set(fields) == {"id", "subject", "text", REASON}
    assert isinstance(fields[REASON], serializers.CharField) and not fields[REASON].required
    with pytest.raises(Unprocessable) as refused:
        checked(form("Dzwoni p. Wiśniewska."))
    assert refused.value.status_code == 422
    assert "wygląda na nazwisko" in str(refused.value.detail["text"])  # type: ignore[call-overload, index]
    assert checked(form("Dzwoni p. Wiśniewska.", guard_reason="to sołtys"))[REASON] == "to sołtys"


def test_the_name_of_a_file_is_looked_at_too(in_partnership: TenantRef) -> None:
    file = SimpleUploadedFile("Kowalska_Anna-wywiad.pdf", b"x")
    found = check({"file": name_of_file(str(file.name))}).findings["file"]
    assert [one.words for one in found] == ["Kowalska Anna"]


# --- What is public ----------------------------------------------------------------------------


def test_data_of_the_register_and_of_the_office_pass(in_partnership: TenantRef) -> None:
    make.organisation(
        name="Szkoła Jana Wzorowskiego", street="ul. Szkolna 7", postal_code="99-100",
        phone="77 111 22 33 wew. 4", email="biuro@szkola.example",
    )  # fmt: skip
    make.person(full_name="Zdzisława Wiśniewska")
    Partnership.objects.update(
        contact_phone="77 999 88 77", lead_address="ul. Polna 3, 99-101 Wzorów"
    )
    text = (
        "Z poważaniem\nZdzisława Wiśniewska\nSzkoła Jana Wzorowskiego\nul. Szkolna 7, 99-100 Wzorów\n"
        "tel. 77 111 22 33, biuro@szkola.example; ośrodek: ul. Polna 3, 77 999 88 77\n"
        "Rozmawiano ze Zdzisławą Wiśniewską."
    )
    assert check({"text": text}).is_clean
    assert not check({"text": "Rozmawiano z rodziną Wiśniewskich."}).is_clean


# --- The oracle --------------------------------------------------------------------------------

SURNAMES = [f"{stem}{end}ska" for stem in ("Wzor", "Lip", "Grab", "Jawor", "Brzoz", "Klon", "Olsz",
            "Wierzb", "Topol", "Kalin") for end in ("ow", "in", "ań", "ysz", "icz", "al", "on", "ar",
            "ędz", "usz")]  # fmt: skip


@contextmanager
def all_records() -> Iterator[list[str]]:
    """All that is logged meanwhile, whatever level is asked for and whatever is silent in tests."""
    records, made = list[str](), logging.getLogRecordFactory()

    def note(*args: Any, **more: Any) -> logging.LogRecord:
        record = made(*args, **more)
        if record.name != "django.db.backends":  # statements that are captured, with how long
            records.append(record.getMessage())
        return record

    with (
        patch.object(logging.Logger, "isEnabledFor", lambda logger, level: True),
        patch.object(logging, "_logRecordFactory", note),
    ):
        yield records


def _told(name: str) -> tuple[Any, ...]:
    """All that anybody could see of a check: statements, sizes, answer, log."""
    with all_records() as records, CaptureQueriesContext(connections["default"]) as asked:
        warned = form(f"Rozmowa z panią {name}.")
        assert not warned.is_valid()
        html = str(warned).replace(name, "…").replace(str(warned.data[SEEN]), "")
    records = [one for one in records if name in one]
    return [query["sql"] for query in asked], html, records, Entry.objects.count()


def test_a_hundred_names_cannot_be_told_apart(in_partnership: TenantRef) -> None:
    """Half of them are known to the office in rows that are nobody else's business."""
    assert len(set(SURNAMES)) == 100
    form("Rozmowa.").is_valid()
    Entry.objects.bulk_create(
        Entry(verb="X", via=Via.WEB, actor_name=name, object_label=f"rodzina {name}")
        for name in SURNAMES[1::2]
    )
    first = _told(SURNAMES[0])
    assert first[2] == []
    assert first[0] and not any(name in sql for sql in first[0] for name in SURNAMES)
    assert {str(_told(name)) for name in SURNAMES} == {str(first)}


# --- The office's rule -------------------------------------------------------------------------


def test_the_office_sets_what_blocks_and_sees_since_when(
    in_partnership: TenantRef, keeper: Client
) -> None:
    page = text_of(keeper.get(GUARD))
    assert "numer PESEL" in page and "jeszcze ich nie zmieniano" in page
    chosen = {**FREE, "phone_rule": "BLOCK"}
    answer = keeper.post(GUARD + "zmiana/", {**chosen, "version": 0}, follow=True)
    assert "Zapisano ustawienia kontroli." in text_of(answer)
    assert "blokuje: numer telefonu" in text_of(answer)
    entry = Entry.objects.get(verb="GUARD_SET")
    assert entry.data == {"pesel_rule": ["BLOCK", "WARN"], "phone_rule": ["WARN", "BLOCK"]}
    assert check({"text": PESEL}).is_blocked is False
    assert check({"text": "tel. 501 234 567"}).is_blocked is True


def test_two_who_set_it_at_once_see_each_other(in_partnership: TenantRef, lead: Person) -> None:
    by = make.by(lead)
    set_guard_rule(by=by, version=0, values=FREE)
    with pytest.raises(StaleForm):
        set_guard_rule(by=by, version=0, values={**FREE, "name_rule": "BLOCK"})
    assert GuardRule.objects.get().blocks == []


@pytest.mark.parametrize("role", [Role.NETWORK_OFFICER, Role.DPO])
def test_others_see_it_and_change_nothing(in_partnership: TenantRef, role: str) -> None:
    client, _ = make.signed_in(in_partnership, role)
    assert client.get(GUARD).status_code == 200
    assert client.post(GUARD + "zmiana/", {**FREE, "version": 0}).status_code == 403
    assert GuardRule.objects.count() == 0
