"""Django finds the models of joining and leaving here."""

from tenants.accession.models import community, declarations, recruitment, resignations  # noqa: F401
