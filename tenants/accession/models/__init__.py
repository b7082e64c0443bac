"""Django finds the models of joining and leaving here."""

from tenants.accession.models import (  # noqa: F401
    annexes,
    community,
    declarations,
    leavers,
    recruitment,
    resignations,
)
