"""A release that has loaded, and runs each command of an operator in a fork of its own.

python -m tests.faults.ready_command, which is told a line of JSON a command: its arguments and the
files for what it says and what it complains of; it answers with the status.
"""

import importlib
import json
import os
import sys
from typing import NoReturn

import django

from kooperacja.__main__ import COMMANDS, main
from tests.growing import states_that_grow


def answer() -> None:
    django.setup()
    for command in COMMANDS.values():
        importlib.import_module(command.rpartition(".")[0])
    with states_that_grow():
        for line in sys.stdin:
            arguments, *files = json.loads(line)
            child = os.fork()
            if not child:
                run(arguments, files)
            _, status = os.waitpid(child, 0)
            sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
            sys.stdout.flush()


def run(arguments: list[str], files: list[str]) -> NoReturn:
    for stream, file in enumerate(files, start=1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream)
    main(arguments)  # which exits
    raise SystemExit(1)


if __name__ == "__main__":
    answer()
