"""Nobody else on this machine reads what the program keeps: mail with live links, keys, files."""

import os
import stat
from pathlib import Path

_OTHERS = 0o007
# Gathered files of the site's look, which a proxy may hand out.
_PUBLIC = {"static"}


def keep_private(var: Path) -> None:
    """Close new files to everybody else, and folders of ours that are there with wider rights.

    An operator whose umask lets a group in meant it (infra/systemd); all others stay outside.
    """
    given = os.umask(0o077)
    closed = given if given & _OTHERS == _OTHERS else 0o077
    os.umask(closed)
    for folder in var.iterdir() if var.is_dir() else ():
        if folder.is_dir() and not folder.is_symlink() and folder.name not in _PUBLIC:
            _close(folder, closed)


def _close(folder: Path, closed: int) -> None:
    status = folder.stat()
    mode = stat.S_IMODE(status.st_mode)
    if mode & closed and os.geteuid() in {0, status.st_uid}:
        folder.chmod(mode & ~closed)
