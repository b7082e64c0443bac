"""Where the platform says how it is."""

from tests.declared import ANYBODY, JSON, SharedPage

PAGES = [
    SharedPage("health_live", ANYBODY, ANYBODY, 2, seen=JSON),
    SharedPage("health_ready", ANYBODY, ANYBODY, 2, seen=JSON),
]
