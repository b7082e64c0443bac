"""The private port where Prometheus reads the figures of all processes of this machine."""

import os
import sys
import threading

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from kooperacja import environ
from kooperacja.embedded.environment import var_dir
from kooperacja.embedded.private import keep_private


def main() -> None:
    if not (port := environ.port("METRICS_PORT", 0)):
        sys.exit("METRICS_PORT: podaj port, na którym Prometheus ma czytać liczby.")
    keep_private(var_dir())
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    start_http_server(
        port,
        addr=os.environ.get("METRICS_HOST", "127.0.0.1"),
        registry=registry,
    )
    threading.Event().wait()


if __name__ == "__main__":
    main()
