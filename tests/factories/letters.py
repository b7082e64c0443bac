"""Letters of every kind that is mailed, in which names say what is asked for."""

from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from uuid6 import uuid7

from kooperacja.letters import Letter, letter
from kooperacja.notifications.base import Notification
from tenants.accession.notifications import DeclarationReminded
from tenants.baskets.notifications import AskedCard

LONG = "Zespół-Szkolno-Przedszkolno-Opiekuńczo-Wychowawczo-Terapeutyczny" * 5
HOSTILE = f'<b>Szkoła</b> & "S-ka"\r\nBcc: kto@inny.example\u202e\u0007\u200b\u2028 {LONG}'
LINKS = [("Otwórz", f"/konto/zaproszenie/{'a-b.' * 40}/"), ("Ustaw nowe hasło", "/konto/haslo/")]


class _Anything:
    """A row whose every column says the same, but where a moment is meant."""

    def __init__(self, said: str) -> None:
        self.said = said

    def __str__(self) -> str:
        return self.said

    def __getattr__(self, name: str) -> Any:
        if name.endswith(("_at", "_on", "_until")):
            return timezone.now()
        return (
            self
            if name in ("tenant", "ref", "adviser", "card", "account", "service")
            else self.said
        )


def names() -> list[str]:
    """Of what stands in templates/emails."""
    folder = Path(settings.ROOT) / "templates/emails"
    return sorted(file.stem for file in folder.iterdir() if not file.stem.startswith("_"))


def drawn(name: str, said: str, *, place: str = "") -> Letter:
    """The letter of a template, in which every name is `said`."""
    row = _Anything(said)
    rows = dict.fromkeys(
        ("message", "invitation", "purpose", "proposal", "keeper", "card", "report"), row
    )
    more = {
        "has_account": True,
        "what": said,
        "about": said,
        "place": said,
        "by": said,
        "notice": said,
        "tokens": [row],
        "services": "2 usługi",
        "cards": [row],
        "shown": 50,
        "left_out": 2,
        "now": timezone.now(),
        "timestamp": timezone.now(),
    }
    context = {**rows, **more, "ip": "2001:db8:85a3:8d3:1319:8a2e:370:7348"}
    return letter(name, context, title=f"W sprawie: {said}", place=place, links=LINKS)


def kinds() -> list[type[Notification]]:
    """Every message that any app's notifications.py defines, by code."""
    autodiscover_modules("notifications")
    found: dict[str, type[Notification]] = {}
    waiting: list[Any] = Notification.__subclasses__()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "code" in kind.__dict__:
            found[kind.code] = kind
    return [found[code] for code in sorted(found)]


def message(kind: type[Notification], said: str) -> Notification:
    """A message of this kind, in which every name is `said`."""
    known: dict[Any, Any] = {str: said, UUID: uuid7(), date: date(2026, 3, 3), bool: True}
    known |= {datetime: timezone.now(), int: 3}
    known[Notification] = DeclarationReminded(uuid7(), said)
    known[tuple[AskedCard, ...]] = (AskedCard(uuid7(), said, said, "podrobione"),)
    return kind(**{one.name: known[one.type] for one in fields(kind)})  # type: ignore[arg-type]
