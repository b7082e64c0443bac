"""`python -m tests.e2e.screenshots FOLDER`: a picture of every page, wide and narrow."""

import os
import sys
from pathlib import Path

import pytest


def main() -> int:
    if len(sys.argv) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    os.environ["E2E_SCREENSHOTS"] = str(Path(sys.argv[1]).resolve())
    return int(pytest.main([str(Path(__file__).parent), "-n0"]))


if __name__ == "__main__":
    sys.exit(main())
