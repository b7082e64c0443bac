"""What a new thing costs is written down, and is little."""

import re
from pathlib import Path

from django.conf import settings

GUIDE = Path(settings.ROOT) / "docs/where-things-go.md"


def files_of(thing: str) -> list[str]:
    """The numbered files below the heading of a thing."""
    section = GUIDE.read_text().split(f"## {thing}\n")[1].split("\n## ")[0]
    return re.findall(r"^\d\. (`.+?`)", section, re.MULTILINE)


def test_a_paper_touches_at_most_four_files() -> None:
    """tests/tenants/partnership/test_word_templates.py shows that the list is true."""
    files = files_of("A paper")
    assert 1 < len(files) <= 4
    assert "`<app>/papers.py`" in files
