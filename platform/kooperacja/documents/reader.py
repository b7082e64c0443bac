"""The program that works on one stranger's file: limits, then the reader, then one answer.

    python -I reader.py <module of the reader>

A parser fed with a stranger's file may be made to swell or to hang, so it does it elsewhere. On
standard input stands a line of JSON (what is asked), then the file; on standard output a line of
JSON (what was found), then a file if one was made.
"""

import importlib
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

CPU_SECONDS = 10
WALL_SECONDS = 40  # of a busy machine
NICE = 10  # pages come first
MEMORY = 250 * 1024 * 1024  # what it may write to; the programs it is made of come on top
ADDRESSES = 1024 * 1024 * 1024
MAX_ANSWER = 60 * 1024 * 1024


def limit_this_process() -> None:
    """Nothing it does may take long or much, or leave a trace."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":  # macOS knows these limits and does not keep them
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))


def main(module: str) -> None:
    limit_this_process()
    # The tree that this file is of, whatever else is installed; `tenants` stands beside `platform`.
    sys.path[:0] = [str(folder) for folder in Path(__file__).resolve().parents[2:4]]
    facts: dict[str, Any]
    made = b""
    try:
        read = importlib.import_module(module).read
        asked = json.loads(sys.stdin.buffer.readline())
        facts, made = read(sys.stdin.buffer.read(), asked)
    except Exception as failure:  # the parent must hear of it, whatever it is
        facts = {"failed": type(failure).__name__}
    if len(made) > MAX_ANSWER:
        facts, made = {"failed": "TooLong"}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + made)


if __name__ == "__main__":
    os.nice(NICE)
    main(sys.argv[1])
