"""The region's directory is asked to read the basket anew (REG §5.1.g)."""

from uuid6 import uuid7

from kooperacja.notifications.actions import ask_outside
from tenants.baskets.models.services import Service


def relist() -> None:
    """Ask it after the commit: the directory reads the basket as it is when its turn comes."""
    if Service.objects.exists():
        ask_outside(kind="DIRECTORY", payload={}, dedupe=f"directory:{uuid7()}")
