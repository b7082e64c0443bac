"""What apps give is found by its kind, and nothing is given twice."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from kooperacja import offers
from kooperacja.audit.verbs import all_verbs, label
from kooperacja.offers import Handler, Verbs
from kooperacja.outbox.drain import handlers
from tests.offering import offer

ROOT = Path(settings.ROOT)


def test_offers_come_in_the_order_of_the_apps() -> None:
    """A later app rests on the ones before it, so its part comes after theirs."""
    found = list(all_verbs())
    in_order = ["ENTERED", "TENANT_OPENED", "JOURNAL_SEARCHED", "FILE_STORED", "ROLE_GIVEN"]
    assert [code for code in found if code in in_order] == in_order


def test_no_verb_is_offered_twice() -> None:
    codes = Counter(code for verbs in offers.of(Verbs) for code in verbs.words)
    assert [code for code, count in codes.items() if count > 1] == []


def _texts_of_product() -> list[str]:
    folders = ("platform/kooperacja", "tenants", "gmina", "powiat", "region", "api")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return [file.read_text() for file in files if file.name != "offers.py"]


def test_every_verb_that_has_words_is_written() -> None:
    named = {
        code for text in _texts_of_product() for code in re.findall("[\"']([A-Z_]+)[\"']", text)
    }
    assert all_verbs().keys() - named == set()


def test_every_verb_that_is_written_has_its_words() -> None:
    texts = _texts_of_product()
    written = {code for text in texts for code in re.findall(r'\bverb="([A-Z_]+)"', text)}
    assert len(written) > 40
    assert written - all_verbs().keys() == set()


def test_a_verb_without_words_is_shown_as_it_is() -> None:
    assert label("FILE_READ") == "pobrano plik"
    assert label("NEVER_OFFERED") == "NEVER_OFFERED"


def test_a_second_handler_of_a_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, Handler("INVITATION", lambda message, tenant: None))

    with pytest.raises(ValueError, match="INVITATION have two handlers"):
        handlers()


def test_no_kind_of_message_has_two_handlers() -> None:
    kinds = [handler.kind for handler in offers.of(Handler)]
    assert len(kinds) == len(set(kinds))
    assert {"MAIL", "INBOX", "INBOX_DONE", "FIGURES", "INVITATION", "ACCESS_END"} < set(kinds)
