"""The private port where Prometheus reads the figures of all processes of this machine."""

import os
import threading

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector


def main() -> None:
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
