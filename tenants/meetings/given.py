"""Agendas that come with the platform: what the regulation wants a team to speak of (REG §2, §7)."""

from dataclasses import dataclass
from typing import Any

from tenants.meetings.models.meetings import ItemKind
from tenants.teams.kinds import PZK

_LEAD, _OFFICER = "osoba reprezentująca Lidera", "pracownik ds. sieci"
_COORDINATORS = "koordynatorzy Partnerstwa"


@dataclass(frozen=True, slots=True)
class GivenAgenda:
    """An agenda to begin from; an office may make its own of it."""

    code: str
    kind: str
    name: str
    items: tuple[dict[str, Any], ...]


def _item(title: str, kind: ItemKind, minutes: int, presenter: str) -> dict[str, Any]:
    return {"title": title, "kind": str(kind), "minutes": minutes, "presenter": presenter}


GIVEN = (
    GivenAgenda(
        "pierwsze",
        PZK,
        "Pierwsze spotkanie PZK",
        (
            _item("Otwarcie i przedstawienie się instytucji", ItemKind.INFORMATION, 15, _LEAD),
            _item(
                "Cel Partnerstwa i zasady pracy z regulaminu (§ 1 i 2)",
                ItemKind.INFORMATION,
                15,
                _LEAD,
            ),
            _item(
                "Zadania i kompetencje instytucji (§ 1 ust. 8)",
                ItemKind.DISCUSSION,
                30,
                _COORDINATORS,
            ),
            _item(
                "Terminy i miejsce następnych spotkań (§ 2 ust. 3–5)",
                ItemKind.DECISION,
                10,
                _OFFICER,
            ),
            _item("Udział konsultantów i gości (§ 2 ust. 8)", ItemKind.DECISION, 5, _LEAD),
            _item(
                "Założenia okresowego planu działania (§ 2 ust. 10)", ItemKind.DISCUSSION, 30, _LEAD
            ),
            _item(
                "Informowanie o ryzykach i metody ewaluacji (§ 7 ust. 2 i 3)",
                ItemKind.DECISION,
                15,
                _OFFICER,
            ),
            _item(
                "Ochrona danych osobowych we współpracy (§ 8)",
                ItemKind.INFORMATION,
                10,
                "inspektor ochrony danych",
            ),
            _item("Podsumowanie i ustalenia", ItemKind.DISCUSSION, 10, _LEAD),
        ),
    ),
    GivenAgenda(
        "okresowe",
        PZK,
        "Spotkanie okresowe",
        (
            _item("Wykonanie wcześniejszych ustaleń", ItemKind.INFORMATION, 15, _OFFICER),
            _item(
                "Realizacja okresowego planu działania (§ 2 ust. 10)",
                ItemKind.DISCUSSION,
                20,
                _LEAD,
            ),
            _item(
                "Zmiany w usługach instytucji (§ 3 ust. 6)", ItemKind.DISCUSSION, 20, _COORDINATORS
            ),
            _item(
                "Przebieg Partnerstwa od ostatniego spotkania (§ 7 ust. 1)",
                ItemKind.INFORMATION,
                10,
                _LEAD,
            ),
            _item(
                "Ryzyka, nieprawidłowości i zagrożenia (§ 7 ust. 2)",
                ItemKind.DISCUSSION,
                15,
                _COORDINATORS,
            ),
            _item(
                "Wnioski z ewaluacji bieżącej (§ 7 ust. 3 i 4)", ItemKind.DISCUSSION, 15, _OFFICER
            ),
            _item("Sprawy zgłoszone przez kooperantów", ItemKind.DISCUSSION, 15, _COORDINATORS),
            _item("Termin następnego spotkania (§ 2 ust. 5)", ItemKind.DECISION, 5, _LEAD),
        ),
    ),
)


def given_for(kind: str) -> list[GivenAgenda]:
    """Those for teams of a kind."""
    return [agenda for agenda in GIVEN if agenda.kind == kind]
