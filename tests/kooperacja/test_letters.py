"""Every mail: one sound line of a subject, and two bodies that say and link the same."""

import email
import email.policy
import re
import unicodedata
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from kooperacja.accounts import mails
from kooperacja.accounts.models import ApiToken
from kooperacja.accounts.texts import NOTICES
from kooperacja.audit.actor import named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.letters import SUBJECT_LENGTH, subject_line
from kooperacja.notifications import tasks
from kooperacja.notifications.base import Notification, Recipient, send
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.outbox.mail import send_mail
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import invitations
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories.letters import HOSTILE, LONG, drawn, kinds, message, names

PLACE = "Gmina miejsko-wiejska Gogolin"
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Signs of which no sound line is made, among those of which one is.
_SIGNS = st.one_of(
    st.characters(), st.sampled_from("\r\n\0\t\v\x85\u2028\u202e\u2066\u200b\ud800 ")
)


class Seen(HTMLParser):
    """The parts of a page that lead out of it, its headings, and the text a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(str(value))
            elif name in ("src", "href", "background", "srcset", "action", "data", "poster"):
                self.loads.append(f"{tag} {name}")

    def handle_data(self, data: str) -> None:
        self.text += data


def is_sound(line: str) -> bool:
    return not {unicodedata.category(sign) for sign in line} & HIDDEN and line == line.strip()


@example("\0 0", "")
@given(st.text(_SIGNS), st.text(_SIGNS, max_size=200))
def test_a_subject_is_one_sound_bounded_line(title: str, place: str) -> None:
    for line in (subject_line(title), subject_line(title, place)):
        assert is_sound(line)
        assert len(line) <= SUBJECT_LENGTH


@pytest.mark.parametrize(
    ("title", "place", "line"),
    [
        ("Nowe hasło", "", "Nowe hasło"),
        ("Rezygnacja:\r\nSzkoła\u202e 3", "Gmina Opole", "Rezygnacja: Szkoła 3 – Gmina Opole"),
        (f"Rezygnacja: {'słowo ' * 50}", PLACE, f"Rezygnacja: {'słowo ' * 13}słowo… – {PLACE}"),
        ("Nabór: Dom nr 6 – Gogolin", PLACE, f"Nabór: Dom nr 6 – {PLACE}"),
        (
            "Dom – Opole",
            "Opole, miasto na prawach powiatu",
            "Dom – Opole, miasto na prawach powiatu",
        ),
        ("Dom – Brzeg", PLACE, f"Dom – Brzeg – {PLACE}"),
        (f"Rezygnacja: {'x' * 300}", PLACE, f"Rezygnacja: {'x' * 85}… – {PLACE}"),
    ],
)
def test_a_long_subject_is_cut_at_a_word_and_keeps_the_place(
    title: str, place: str, line: str
) -> None:
    assert subject_line(title, place) == line


@pytest.mark.parametrize("place", ["", PLACE])
@pytest.mark.parametrize("name", names())
def test_both_bodies_say_and_link_the_same_and_load_nothing(name: str, place: str) -> None:
    made = drawn(name, HOSTILE, place=place)
    seen = Seen(made.html)
    linked = re.findall(r"^(?:.*: )?(http\S+)$", made.text, re.MULTILINE)
    assert len(linked) >= 2
    assert list(dict.fromkeys(linked)) == list(dict.fromkeys(seen.links))
    assert all(link.startswith(settings.SITE_URL) for link in seen.links)
    assert (seen.loads, seen.tags.count("h1")) == ([], 1)
    assert set(seen.tags).isdisjoint({"img", "link", "script", "form", "iframe", "base", "b"})
    assert not re.search(r"url\(|@import|http-equiv", made.html)
    assert '<html lang="pl">' in made.html
    missing = [
        line for line in made.text.splitlines() if line != "-- " and not _stands_in(line, seen.text)
    ]
    assert missing in ([], ["Kooperacja"])
    for body in (made.text, made.html):
        assert not {unicodedata.category(sign) for sign in body if sign != "\n"} & HIDDEN


def _stands_in(line: str, text: str) -> bool:
    words = line.removesuffix(":").split()
    # The office's address is a link of these words, not a line of them.
    if words[:4] == ["Adres", "i", "telefon", "ośrodka:"]:
        return "adres i telefon ośrodka" in text
    return " ".join(words) in " ".join(text.split())


def assert_well_folded(raw: bytes) -> None:
    """No line of the subject's header is blank or too long, the first included."""
    header = re.search(rb"^Subject:(.*(?:\n[ \t].*)*)", raw, re.MULTILINE)
    assert header
    first, *more = header[0].decode("ascii").splitlines()
    assert first.removeprefix("Subject:").strip()
    assert all(line.strip() for line in more)
    assert all(len(line) <= 78 for line in (first, *more))


@given(st.text(_SIGNS), st.text(_SIGNS, max_size=200))
def test_a_subject_is_folded_so_that_its_first_line_is_not_blank(title: str, place: str) -> None:
    line = subject_line(title, place) or "Kooperacja"
    send_mail(source_id=uuid4(), to="a@example.pl", subject=line, text="x")
    raw = mail.outbox.pop().message().as_bytes()
    assert_well_folded(raw)
    assert email.message_from_bytes(raw, policy=email.policy.default)["Subject"] == line


def delivered(letters: list[Any]) -> None:
    for sent in letters:
        raw = email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)
        assert raw["Subject"] == sent.subject
        assert_well_folded(sent.message().as_bytes())
        assert is_sound(sent.subject)
        assert len(sent.subject) <= SUBJECT_LENGTH
        assert raw["Bcc"] is None
        assert raw["Auto-Submitted"] == "auto-generated"
        # None of these may be switched off.
        assert raw["List-Unsubscribe"] is None
        types = [part.get_content_type() for part in raw.walk()]
        assert types == ["multipart/alternative", "text/plain", "text/html"]
        assert Seen(raw.get_body(("html",)).get_content()).links  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_a_hostile_name_leaves_every_notification_sound(
    in_gmina: TenantRef, kind: type[Notification]
) -> None:
    send(message(kind, HOSTILE), to=[Recipient(email="a@example.pl")], dedupe="one")
    drain(Outgoing, handlers())
    [sent] = mail.outbox
    delivered([sent])
    assert sent.subject.endswith(f" – {in_gmina.name}")
    if "subject" in kind.__dict__:
        assert sent.subject.startswith(kind.subject.partition("{")[0].rstrip())


def test_so_is_every_mail_about_accounts(gmina: TenantRef) -> None:
    who = accounts.account(full_name=HOSTILE[:200])
    key = ApiToken(name=HOSTILE[:100], prefix="abc", expires_at=timezone.now())
    mails.send(mails.RESET, to=who.email, context={"password_reset_url": "http://testserver/x/"})
    for event in NOTICES:
        mails.send(event, to=who.email, context={"timestamp": timezone.now(), "ip": "::1"})
    mails.tell_of_keys(who, "Unieważniono", [key])
    invitations.invite(
        by=named(LONG[:200]),
        email="b@example.pl",
        full_name="x",
        tenant=None,
        role=Role.ROPS_COORDINATOR,
    )
    tasks.drain_shared()
    assert len(mail.outbox) == len(NOTICES) + 3
    delivered(mail.outbox)
    assert all(sent.subject.startswith("Kooperacja: ") for sent in mail.outbox)


def test_what_waited_through_an_upgrade_goes_out_as_text(db: None) -> None:
    payload = {"email": "a@example.pl", "subject": "Zaproszenie", "text": "Tekst\n", "html": ""}
    OutgoingMessage.objects.create(kind="MAIL", payload=payload, dedupe="old")
    tasks.drain_shared()
    assert mail.outbox[0].message().get_content_type() == "text/plain"
