"""Files that are still there after a loss of power."""

import os
from pathlib import Path


def sync_directory(directory: Path) -> None:
    """Names of files survive a loss of power only when their folder was written too."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append(path: Path, text: str) -> None:
    """Add whole lines to a file, on the disk when it returns; of two at once each stands whole."""
    is_new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o660)
    try:
        written = os.write(handle, text.encode())
        if written != len(text.encode()):
            raise OSError(f"{path}: only a part was written")
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        sync_directory(path.parent)
