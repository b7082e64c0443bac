"""Time passes in the gmina Walce: its meeting `began`, or the days for remarks are `over`."""

import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from kooperacja.tenancy.context import inside  # noqa: E402
from tenants.meetings.models.meetings import Meeting  # noqa: E402
from tenants.meetings.models.minutes import Minutes  # noqa: E402
from tests.e2e.eight_members import place  # noqa: E402


def began() -> None:
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now - timedelta(minutes=5)}
    assert Meeting.objects.filter(state="CONVENED").update(**times) == 1


def over() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert Minutes.objects.filter(state="REVIEW").update(remarks_until=yesterday) == 1


if __name__ == "__main__":
    with inside(place()):
        {"began": began, "over": over}[sys.argv[1]]()
