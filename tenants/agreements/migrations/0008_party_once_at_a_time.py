"""An institution that left may be a party again: it is one once at a time."""

from django.db import migrations, models
from django.db.models import Q

_PRESENT = ~Q(end_kind="LEFT")


def _once(name: str, columns: str, where: str, constraint: models.UniqueConstraint) -> migrations.SeparateDatabaseAndState:
    return migrations.SeparateDatabaseAndState(
        [
            migrations.RunSQL(
                f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON agreements_party ({columns}) WHERE {where}",
                f"DROP INDEX CONCURRENTLY {name}",
            )
        ],
        [migrations.AddConstraint("party", constraint)],
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("agreements", "0007_party_removed")]
    operations = [
        _once(
            "agreement_party_there_once",
            "agreement_id, organisation_id",
            "NOT (end_kind = 'LEFT')",
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=_PRESENT,
                name="agreement_party_there_once",
            ),
        ),
        _once(
            "agreement_office_there_once",
            "agreement_id",
            "is_office AND NOT (end_kind = 'LEFT')",
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(is_office=True) & _PRESENT,
                name="agreement_office_there_once",
            ),
        ),
    ]
