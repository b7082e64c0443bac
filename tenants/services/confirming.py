"""The rule of asking if services are still as described: how often, how many times, until when (REG §3.5.a)."""

from datetime import date, timedelta

from django.db import models

# How often a service is to be confirmed: at least once a year.
CYCLES = ((30, "co 30 dni"), (90, "co 90 dni"), (180, "co pół roku"), (365, "raz w roku"))
YEARLY = 365

EVERY_DAYS = 14  # from one letter to the next
LETTERS = 4
ENOUGH_CALLS = 2  # after so many attempts of which nothing came there is no contact
SILENT_AFTER = timedelta(days=LETTERS * EVERY_DAYS)


class How(models.TextChoices):
    """Ways in which somebody said that a service is as it is described."""

    OWNER = "OWNER", "instytucja"
    PHONE = "PHONE", "telefonicznie"
    VISIT = "VISIT", "na miejscu"
    LETTER = "LETTER", "pismem albo e-mailem"
    IMPORT = "IMPORT", "oświadczenie przy imporcie"


# The ways in which an office learns it from an institution, which itself simply knows.
OF_OTHERS = [one for one in How.choices if one[0] not in (How.OWNER, How.IMPORT)]


def turn_of(opened_on: date, day: date) -> int:
    """The number of the letter whose turn it is, from 0; from LETTERS on none is."""
    return (day - opened_on).days // EVERY_DAYS


def latest_letter(day: date) -> date:
    """The day on which the last letter went at the latest, if nothing is waited for any more."""
    return day - timedelta(days=EVERY_DAYS)
