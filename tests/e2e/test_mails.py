"""Mail as it is read: in a wide and a narrow window, by light and in the dark, and by ear."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import Eyes, context_of
from tests.factories.letters import HOSTILE, drawn, names


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_mail_can_be_read(browser: Browser, scheme: Any) -> None:
    context = context_of(browser, color_scheme=scheme)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    eyes = Eyes(context.new_page())
    found = []
    for name in names():
        eyes.page.set_content(drawn(name, HOSTILE, place=HOSTILE if "_" in name else "").html)
        found += [f"{name}: {one}" for one in eyes.examine(f"mail.{name}.{scheme}")]
    eyes.calm()
    context.close()
    assert found == []
    assert asked == []
