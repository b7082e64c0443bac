"""What a process holds that has drawn nothing yet."""

import os
import subprocess
import sys

# Each takes long to import and tens of megabytes in every process that has it.
HEAVY = {"docx", "docxtpl", "pyhanko", "weasyprint"}
PROGRAM = (
    "import sys, django; django.setup(); import kooperacja.urls, gmina.urls; print(*sys.modules)"
)


def test_documents_are_drawn_and_read_by_who_does_it_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "kooperacja.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "tenants.partnership.papers" in loaded
    assert not loaded & HEAVY
