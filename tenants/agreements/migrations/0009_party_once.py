"""That an institution is a party once at all is no rule any more."""

from django.db import migrations


class Migration(migrations.Migration):
    contracts = "0.1.0"  # no release before this one had agreements
    dependencies = [("agreements", "0008_party_once_at_a_time")]
    operations = [migrations.RemoveConstraint("party", "agreement_party_once")]
