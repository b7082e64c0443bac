"""Headers with which a client would say where the site is mounted, through the real server."""

import pytest

from tests.faults.browser import Browser
from tests.faults.conftest import HOME, Office

BENT = [
    {"SCRIPT_NAME": "/api"},
    {"PATH_INFO": "/api/v1/tenants/160501/members/"},
    {"SCRIPT_NAME": "/gmina", "PATH_INFO": "/api/v1/"},
    {"Script-Name": "/api"},
]


@pytest.mark.parametrize("headers", BENT, ids=str)
def test_the_server_believes_none_of_them(office: Office, headers: dict[str, str]) -> None:
    stranger = Browser(office.site.port)
    told = stranger.get(HOME, **headers)
    assert (told.status, told.location.partition("?")[0]) == (302, "/konto/zaloguj/")
    assert stranger.get(f"/api{HOME}", **headers).status == 404
