"""The private port where Prometheus reads the figures of all processes of this machine."""

import os
import threading

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from kooperacja.embedded.environment import var_dir
from kooperacja.embedded.private import keep_private


def main() -> None:
    keep_private(var_dir())
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    start_http_server(
        int(os.environ["METRICS_PORT"]),
        addr=os.environ.get("METRICS_HOST", "127.0.0.1"),
        registry=registry,
    )
    threading.Event().wait()


if __name__ == "__main__":
    main()
