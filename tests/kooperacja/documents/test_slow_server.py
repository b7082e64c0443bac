"""A server too slow to read a file in time says so, and never that the file is at fault."""

from collections.abc import Callable
from typing import Any

import pytest

from kooperacja.documents import guarded, signatures
from kooperacja.documents.drawing import form_of
from kooperacja.documents.errors import Overloaded
from kooperacja.documents.office_templates import check_form, filled
from kooperacja.documents.signedfile import read_signed
from kooperacja.documents.uploads import read_pdf
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.papers import REGISTER
from tenants.registry import teryt
from tests.factories import containers
from tests.factories import signatures as make

EACH: dict[str, Callable[[], Any]] = {
    "a PDF": lambda: read_pdf(make.upload(make.page())),
    "its signatures": lambda: signatures.check(make.page()),
    "a container": lambda: read_signed(make.upload(containers.asice())),
    "a Word form": lambda: check_form(form_of(REGISTER), REGISTER),
    "a Word form to fill": lambda: filled(form_of(REGISTER), REGISTER, REGISTER.example),
    "the register's file": lambda: teryt.read(b"WOJ;POW", voivodeship="16"),
}


@pytest.mark.parametrize("read", EACH.values(), ids=EACH)
def test_a_slow_server_gives_no_verdict(
    office: TenantRef, monkeypatch: pytest.MonkeyPatch, read: Callable[[], Any]
) -> None:
    monkeypatch.setattr(guarded, "_answer", lambda module, given: (b"", None))
    with pytest.raises(Overloaded) as told:
        read()
    assert told.value.status == 503
    assert told.value.words == (
        "Serwer jest teraz zajęty. Trwało to zbyt długo; nie znaczy to, że plik jest wadliwy. "
        "Spróbuj ponownie za chwilę. Nic nie zostało zapisane. Wcześniej zapisane dane są "
        "bezpieczne."
    )
