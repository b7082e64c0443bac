"""Where a run writes: in memory, if there is room for the hundreds of databases it copies."""

import atexit
import fcntl
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ROOM = 4 * 1024**3
_PREFIX = "kp-tests-"


def directory_of_this_run() -> Path:
    """A directory that is gone with the run; what killed runs left in memory goes now."""
    in_memory = _MEMORY.is_dir()
    if in_memory:
        _remove_leavings()
        in_memory = shutil.disk_usage(_MEMORY).free > _ROOM
    directory = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_MEMORY if in_memory else None))
    lock = (directory / "new").open("a")  # held until the process ends
    fcntl.flock(lock, fcntl.LOCK_EX)
    # It has this name only now that it is held, or another run that begins would take it for left.
    (directory / "new").rename(directory / "lock")
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    atexit.register(lock.close)
    return directory


def _remove_leavings() -> None:
    for left in _MEMORY.glob(f"{_PREFIX}*/lock"):
        with suppress(OSError), left.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left.parent, ignore_errors=True)
