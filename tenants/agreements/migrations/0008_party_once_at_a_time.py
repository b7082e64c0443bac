"""An institution that left may be a party again: it is one once at a time."""

from django.db import migrations, models
from django.db.models import Q

_PRESENT = ~Q(end_kind="LEFT")


def _aside(index, rule, step):
    """An index of the parties that is made, or goes, while others work with them."""
    made = f"CREATE UNIQUE INDEX CONCURRENTLY {index} ON agreements_party {rule}"
    gone = f"DROP INDEX CONCURRENTLY {index}"
    is_made = isinstance(step, migrations.AddConstraint)
    ways = (made, gone) if is_made else (gone, made)
    return migrations.SeparateDatabaseAndState([migrations.RunSQL(*ways)], [step])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("agreements", "0007_party_removed")]
    operations = [
        _aside(
            "agreement_party_there_once",
            "(agreement_id, organisation_id) WHERE NOT (end_kind = 'LEFT')",
            migrations.AddConstraint(
                "party",
                models.UniqueConstraint(
                    fields=["agreement", "organisation"],
                    condition=_PRESENT,
                    name="agreement_party_there_once",
                ),
            ),
        ),
        _aside(
            "agreement_office_there_once",
            "(agreement_id) WHERE is_office AND NOT (end_kind = 'LEFT')",
            migrations.AddConstraint(
                "party",
                models.UniqueConstraint(
                    fields=["agreement"],
                    condition=Q(is_office=True) & _PRESENT,
                    name="agreement_office_there_once",
                ),
            ),
        ),
        _aside(
            "agreement_office_once",
            "(agreement_id) WHERE is_office",
            migrations.RemoveConstraint("party", "agreement_office_once"),
        ),
    ]
