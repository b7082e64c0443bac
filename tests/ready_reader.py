"""The program behind `ready`: it has loaded one reader, and answers each file in a fork of its own.

python -I ready_reader.py <folder of the platform> <module of the reader> <number of a socket>
"""

import importlib
import os
import socket
import sys
import time


def main(platform: str, module: str, number: str) -> None:
    sys.path.insert(0, platform)
    importlib.import_module(module)
    began = time.process_time()
    with socket.socket(fileno=int(number)) as client:
        while client.recv(1):
            _, files, _, _ = socket.recv_fds(client, 1, 2)
            child = os.fork()
            if not child:
                client.close()
                _answer(module, *files)
            for file in files:
                os.close(file)
            _, status, took = os.wait4(child, 0)
            # A reader that starts by itself loads first, so that counts for each.
            seconds = began + took.ru_utime + took.ru_stime
            said = (os.waitstatus_to_exitcode(status), seconds, took.ru_maxrss)
            client.sendall(b"%d %.3f %d\n" % said)


def _answer(module: str, given: int, told: int) -> None:
    """What the program of the platform does once it has begun, under the same limits."""
    from kooperacja.documents import reader

    code = 1
    try:
        os.dup2(given, 0)
        os.dup2(told, 1)
        os.closerange(3, 64)
        reader.main(module)
        sys.stdout.buffer.flush()
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
