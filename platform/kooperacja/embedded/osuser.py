"""PostgreSQL refuses to run as root, so root gives it an account of its own and a way to its files."""

import os
import pwd
import shutil
import struct
import subprocess
import sys
from pathlib import Path

from kooperacja.embedded.problems import SetupProblem

NAME = "kooperacja-pg"
_ACL = "system.posix_acl_access"
_OWNER, _USER, _GROUP, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
_NO_ID = 0xFFFFFFFF


def server_user() -> str:
    """The account PostgreSQL runs under: our own ("") unless we are root."""
    if os.geteuid() != 0:
        return ""
    try:
        pwd.getpwnam(NAME)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if useradd is None:
            raise SetupProblem(
                "PostgreSQL nie działa jako root, a nie ma programu useradd; "
                "uruchom to polecenie jako zwykły użytkownik."
            ) from None
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
        subprocess.run(command, capture_output=True, check=False)
        try:
            pwd.getpwnam(NAME)
        except KeyError:
            raise SetupProblem(
                f"Nie udało się założyć konta {NAME} dla PostgreSQL; "
                "uruchom to polecenie jako zwykły użytkownik."
            ) from None
    return NAME


def give(path: Path, user: str) -> None:
    if user:
        account = pwd.getpwnam(user)
        os.chown(path, account.pw_uid, account.pw_gid)


def let_through(path: Path, user: str) -> None:
    """Lets the account pass (not list) the closed directories above a path, and nobody else."""
    if not user:
        return
    account = pwd.getpwnam(user)
    for folder in path.resolve().parents:
        status = folder.stat()
        if status.st_mode & 0o001 or (status.st_uid == account.pw_uid):
            continue
        try:
            _grant_passage(folder, account.pw_uid)
        except (OSError, AttributeError):
            # No access lists on this file system: passing for all is the least that works.
            folder.chmod(status.st_mode | 0o001)


def _grant_passage(folder: Path, uid: int) -> None:
    if sys.platform != "linux":
        raise OSError
    mode = folder.stat().st_mode
    try:
        raw = os.getxattr(folder, _ACL)[4:]
        entries = [struct.unpack_from("<HHI", raw, at) for at in range(0, len(raw), 8)]
    except OSError:
        entries = [
            (_OWNER, mode >> 6 & 7, _NO_ID),
            (_GROUP, mode >> 3 & 7, _NO_ID),
            (_OTHER, mode & 7, _NO_ID),
        ]
    kept = [e for e in entries if e[0] != _MASK and (e[0], e[2]) != (_USER, uid)]
    mask = 0o1
    for tag, rights, _ in entries:
        if tag not in {_OWNER, _OTHER}:
            mask |= rights
    kept += [(_USER, 0o1, uid), (_MASK, mask, _NO_ID)]
    packed = b"".join(struct.pack("<HHI", *e) for e in sorted(kept, key=lambda e: (e[0], e[2])))
    os.setxattr(folder, _ACL, struct.pack("<I", 2) + packed)
