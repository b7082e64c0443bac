"""PostgreSQL and a broker for whoever has only Python; DATABASE_URL and BROKER_URL replace them."""

from kooperacja.embedded.broker import start_broker
from kooperacja.embedded.environment import Servers, ensure
from kooperacja.embedded.postgres import start_postgres
from kooperacja.embedded.problems import SetupProblem
from kooperacja.embedded.server import Server

__all__ = ["Server", "Servers", "SetupProblem", "ensure", "start_broker", "start_postgres"]
