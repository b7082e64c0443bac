"""The end of somebody's view of their own papers, before its time."""

from django.db import models
from django.db.models.functions import Now

from kooperacja.tenancy.models import TenantModel
from tenants.people.models import Person


class ViewWithheld(TenantModel):
    """The office lets somebody who left read nothing more, with its reason."""

    APPEND_ONLY = True

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField("powód")
    withheld_by_name = models.CharField(max_length=200)
    withheld_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.person}, bez wglądu"
