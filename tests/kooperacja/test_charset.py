"""Forms come in the encoding of their pages, whatever a header says."""

import pytest
from django.test import Client


@pytest.mark.parametrize("charset", ["idna", "rot13", "base64", "undefined", "utf-16", "latin1"])
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
@pytest.mark.parametrize("path", ["/konto/zaloguj/", "/api/v1/tenants/160501/organisations/"])
def test_a_form_in_another_encoding_is_refused(
    db: None, path: str, kind: str, charset: str
) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nzz\r\n--x--\r\n'
    answer = Client().generic("POST", path, body, content_type=f"{kind}; charset={charset}")
    assert answer.status_code == 415
    assert "UTF-8" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nzz\r\n--x--\r\n',
        ),
        ("application/x-www-form-urlencoded", b"login=zz"),
    ],
)
@pytest.mark.parametrize("name", ["utf-8", "UTF8", "u8"])
def test_a_form_that_names_its_usual_encoding_is_read(
    db: None, name: str, kind: str, body: bytes
) -> None:
    page = Client().generic("POST", "/konto/zaloguj/", body, content_type=f"{kind}; charset={name}")
    assert page.status_code == 200
    assert 'value="zz"' in page.content.decode()
