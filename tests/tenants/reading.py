"""For the tests of pages: addresses of a gmina, the text of an answer and its cost."""

from typing import Any

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

HOME = "/gmina/gogolin/"
PARTNERSHIP = HOME + "partnerstwo/"


def text_of(response: Any) -> str:
    return str(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def queries_of(client: Client, url: str) -> int:
    """The number of times that a page asks the tenant's database."""
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
