"""Writes of the region that its own journal knows."""

from typing import Any

from django.db import transaction

from kooperacja.audit.actor import Actor
from tenants.exchange import actions as exchange
from tenants.exchange.models import RegulationTemplate
from tenants.registry.journal import note
from tenants.registry.workflow import RegionVerb


def publish_template(*, by: Actor, **values: Any) -> RegulationTemplate:
    """Publish the next template, with its entry."""
    with transaction.atomic(using="shared"):
        template = exchange.publish_template(by=by, **values)
        note(by=by, verb=RegionVerb.TEMPLATE, about=f"nr {template.number}")
    return template
