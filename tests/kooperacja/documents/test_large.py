"""The longest paper there is, in a Word form of the office's own, is made within the reader's limits."""

from pathlib import Path
from typing import Any

import pytest

from kooperacja.documents import reader
from kooperacja.documents.office_templates import check_form, filled
from kooperacja.documents.wordform import form
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.papers import REGISTER
from tests.kooperacja.documents.measured import measured
from tests.kooperacja.documents.test_word import words_of_docx

MEMBERS = 1000


def register() -> dict[str, Any]:
    member = {
        "name": "Gminny Ośrodek Kultury, Sportu i Rekreacji im. Powstańców Śląskich nr {}",
        "about": "kultura, sport i rekreacja, ul. Powstańców Śląskich 123, 47-320 Gogolin",
        "regon": "531421533",
        "from_on": "12 września 2026 r.",
        "coordinators": "Anna Przykładowa-Nowakowska, Jan Przykładowy",
        "level": "stałe",
        "flags": "kluczowa, niezbędna we współpracy",
        "workers": "2",
    }
    members = [{**member, "name": member["name"].format(at)} for at in range(1, MEMBERS + 1)]
    return {**REGISTER.example, "count": "1000 kooperantów", "members": members}


def test_the_register_of_a_thousand_members_is_made_in_the_offices_form(
    office: TenantRef, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readers, own = measured(monkeypatch, tmp_path), form(REGISTER)
    assert check_form(own, REGISTER) > 0
    made = filled(own, REGISTER, register())
    readers.require_moderate()
    assert max(seconds for seconds, _ in readers.took()) < reader.CPU_SECONDS * 0.7
    assert words_of_docx(made).count("nr") == MEMBERS
