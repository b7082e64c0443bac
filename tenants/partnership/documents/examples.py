"""Every field of the documents that an office may shape in Word, with invented values."""

from datetime import date
from typing import Any

from kooperacja.ui.polish import pl_date

_LEAD = {"name": "Ośrodek Pomocy Społecznej", "address": "ul. Przykładowa 1", "contact": ""}
_DAY = pl_date(date(2026, 1, 2))
_AREA = "gminie Przykładowej"

DECLARATION: dict[str, Any] = {
    "lead": _LEAD,
    "partnership": {"area": _AREA},
    "case_mark": "OPS.071.1.2026",
    "place": "Przykładowo",
    "date": _DAY,
    "organisation": {
        "name": "Szkoła Podstawowa nr 1",
        "legal_form": "jednostka budżetowa",
        "sector": "edukacja",
        "nip": "",
        "regon": "",
        "krs": "",
        "seat": "ul. Przykładowa 2",
        "phone": "",
        "email": "szkola@example.pl",
        "edelivery": "",
    },
    "representatives": [{"name": "Jan Przykładowy", "position": "dyrektor"}],
    "coordinators": [
        {"name": "Anna Przykładowa", "position": "pedagog", "phone": "", "email": "a@example.pl"}
    ],
    "regulation": {"adopted_on": _DAY, "version": "1"},
    "publish_consent": True,
    "acceptance": {"date": _DAY, "name": "Ewa Przykładowa", "position": "kierownik"},
}
REGULATION: dict[str, Any] = {
    "lead": _LEAD,
    "area": _AREA,
    "number": "1",
    "adopted_on": _DAY,
    "adopted_place": "Przykładowo",
    "in_force_from": _DAY,
    "clauses": [
        {"number": "1.", "name": "§ 1 ust. 1", "text": "Treść.", "depth": 1, "is_annex": False}
    ],
    "points": [{"title": "Wspólny cel", "text": "Treść."}],
    "parameters": [{"label": "Spotkania", "text": "raz na kwartał", "clause": "§ 2 ust. 3"}],
}
DATA_RULES: dict[str, Any] = {
    "lead": _LEAD,
    "area": _AREA,
    "number": "1",
    "adopted_on": _DAY,
    "in_force_from": _DAY,
    "points": [{"number": "1.", "text": "Treść."}],
}
RESIGNATION: dict[str, Any] = {
    "lead": _LEAD,
    "area": _AREA,
    "organisation": {"name": "Szkoła", "seat": "ul. Przykładowa 2", "joined_on": _DAY},
    "effect": "z dniem wpływu do Lidera",
}
AUTHORISATION: dict[str, Any] = {
    "lead": _LEAD,
    "number": "1",
    "place": "",
    "date": _DAY,
    "person": {"name": "Anna Przykładowa", "position": "pedagog"},
    "institution": "Szkoła Podstawowa nr 1",
    "scope": "dane osób i rodzin",
    "purpose": "praca w zespole",
    "from_on": _DAY,
    "until": "odwołania",
    "granted_by": {"name": "Ewa Przykładowa", "position": "kierownik"},
}
AGREEMENT: dict[str, Any] = {
    "lead": _LEAD,
    "case_mark": "OPS.071.2.2026",
    "organisation": {"name": "Szkoła", "seat": "ul. Przykładowa 2", "nip": "", "regon": ""},
    "area": _AREA,
    "scope": "dane osób i rodzin",
    "purpose": "wspólna praca z rodziną",
    "data_kinds": "imię i nazwisko",
    "person_categories": "osoby objęte pomocą",
    "from_on": _DAY,
    "until": "wypowiedzenia",
}
REGISTER: dict[str, Any] = {
    "lead": _LEAD,
    "area": _AREA,
    "day": _DAY,
    "printed_on": _DAY,
    "count": "1 kooperant",
    "members": [
        {
            "name": "Szkoła Podstawowa nr 1",
            "about": "edukacja, ul. Przykładowa 2",
            "regon": "",
            "from_on": _DAY,
            "coordinators": "Anna Przykładowa",
            "level": "stałe",
            "flags": "kluczowa, niezbędna we współpracy",
            "workers": "2",
        }
    ],
}
