"""A reader that says how far it lets others go first."""

import os
from typing import Any


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    return {"nice": os.nice(0)}, b""
