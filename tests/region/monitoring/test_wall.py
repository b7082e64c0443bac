"""Figures are written by the publishing login alone."""

from datetime import date

import pytest
from django.db import ProgrammingError, connections, transaction

from region.monitoring.actions import publish_figures
from region.monitoring.models import Figure, Publication
from tenants.registry import directory


def test_the_publishing_login_writes_figures_and_nothing_else(fresh_database: str) -> None:
    gmina = directory.find("gogolin")
    assert gmina is not None
    publish_figures(gmina, as_of=date(2026, 9, 14))
    assert Figure.objects.filter(tenant_id=gmina.id).exists()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic("publish"):
        connections["publish"].cursor().execute("SELECT * FROM registry_tenant")


@pytest.mark.parametrize(
    "table",
    [
        "monitoring_figure",
        "monitoring_publication",
        "monitoring_publishedday",
        "monitoring_publishedline",
        "directory_listedservice",
        "directory_partnersservice",
        "directory_tenantlisting",
    ],
)
def test_the_shared_login_reads_what_is_published_and_writes_none(
    fresh_database: str, table: str
) -> None:
    assert Publication.objects.count() == 0
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic("shared"):
        connections["shared"].cursor().execute(f"DELETE FROM {table}")
