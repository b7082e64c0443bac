"""Parent of one embedded server: stops it as soon as nobody holds a lease on it any more.

Run by path as `python guard.py LEASE USER SIGNAL LAST_SIGNAL ARGV…`, so that it outlives whoever
started it, and a killed starter leaves no server behind.
"""

import fcntl
import os
import subprocess
import sys
import threading


def main() -> int:
    lease, user, first, last, *argv = sys.argv[1:]
    identity = {"user": user, "group": user, "extra_groups": []} if user else {}
    server = subprocess.Popen(argv, cwd="/", **identity)  # type: ignore[call-overload]

    def stop_when_unwanted() -> None:
        with open(lease) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            server.send_signal(int(first))
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.send_signal(int(last))
                server.wait()
            # The lock is let go only by the end of the process: a waiting starter sees a dead server.
            os._exit(0)

    threading.Thread(target=stop_when_unwanted, daemon=True).start()
    return int(server.wait())


if __name__ == "__main__":
    sys.exit(main())
