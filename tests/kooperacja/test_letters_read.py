"""Every mail is read as its reader would: sound sentences, the same in both bodies, links that work."""

import email
import email.policy
import html
import re
from collections import Counter

import pytest
from django.core import mail

from kooperacja.letters import SUBJECT_LENGTH, WHY_ACCOUNT, WHY_HERE, Letter
from kooperacja.notifications.base import Notification, Recipient, send
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tests.factories import accounts
from tests.factories.letters import drawn, kinds, message, names

SCHOOL = (
    "Zespół Szkolno-Przedszkolny im. Źdźbła i Żółwia z Oddziałami Integracyjnymi & Poradnią "
    "„Gęś” w Gąskach Wielkich, Filia nr 2 w Ośnie Łódzkim Górnym, dawniej Szkoła Podstawowa w "
    "Świętych Nowakach z Ćmielem"
)[:200]
# Only the page explains its button.
BUTTON = "Jeśli przycisk nie działa, wklej ten adres w przeglądarce:"
# The head of a tenant's page names the platform, and a link of it the office's address.
FRAME: dict[str, tuple[str, ...]] = {"": (), "place": ("kooperacja", "w", "razie", "pytań")}
TWICE = re.compile(r"\.\s*\.|,\s*[,.]|:\s*\.|\(\s*\)|\s[,.;:)]|[(„]\s|\S  +\S|„„|””|\br\.\.")
REMNANTS = re.compile(
    r"\{[{%]|[%}]\}|\bNone\b|\bTrue\b|\bFalse\b|&(?:[a-z]+|#\d+|#x[0-9a-f]+);|<\w+"
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", re.sub(r"https?://\S+", " ", text).lower()))


def assert_reads_well(made: Letter) -> None:
    for line in made.text.splitlines():
        assert line == line.rstrip() or line == "-- ", line
        assert not TWICE.search(line), line
        assert not REMNANTS.search(line.replace(SCHOOL, "")), line
        if "http" in line:
            assert re.fullmatch(r"(?:Adres i telefon ośrodka: )?https?://\S+", line), line
    assert "\n\n\n" not in made.text
    assert "\nDzień dobry,\n\n" in made.text
    assert "\n-- \nWysyła platforma Kooperacja" in made.text
    assert not re.search(r"<(p|h1|h2|li)\b[^>]*>\s*</\1>", made.html)
    seen = html.unescape(re.sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", made.html)).replace(
        BUTTON, ""
    )
    assert '<html lang="pl">' in made.html
    said, shown = words(made.text), words(seen)
    assert set(said) <= set(shown)
    assert shown - said == Counter(FRAME["place" if "Kooperacja w imieniu: " in made.text else ""])


def read(raw: bytes) -> Letter:
    sent = email.message_from_bytes(raw, policy=email.policy.default)
    text, page = (sent.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    assert text.get_content_charset() == page.get_content_charset() == "utf-8"
    return Letter(str(sent["Subject"]), text.get_content(), page.get_content())


@pytest.mark.parametrize("has_account", [True, False])
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_a_notification_reads_well(
    city: TenantRef, kind: type[Notification], has_account: bool
) -> None:
    """In a city, which has the pages of a gmina and of a powiat: each message leads to one."""
    to = Recipient(account_id=accounts.account().pk) if has_account else Recipient(email="a@b.pl")
    with inside(city):
        send(message(kind, SCHOOL), to=[to], dedupe="one")
        drain(Outgoing, handlers())
    if not mail.outbox:
        assert has_account
        assert not kind.is_obligatory
        return
    raw = mail.outbox[0].message().as_bytes()
    assert max(map(len, raw.splitlines())) <= 998
    made = read(raw)
    assert len(made.subject) <= SUBJECT_LENGTH
    assert made.subject.count("\n") == 0
    assert WHY_HERE in made.text
    assert city.name in made.text
    assert_reads_well(made)


@pytest.mark.parametrize("name", names())
def test_a_template_reads_well(name: str) -> None:
    made = drawn(name, SCHOOL)
    assert WHY_ACCOUNT in made.text
    assert_reads_well(made)
