"""The form of the publication that brings an agreement into force (POR signatures)."""

from kooperacja.ui.fields import DayField, LongText
from kooperacja.ui.forms import SeenForm


class PublishAgreementForm(SeenForm):
    """The day of publication, and where it was."""

    published_on = DayField(label="Dzień ogłoszenia")
    where = LongText(
        label="Gdzie ogłoszono",
        rows=3,
        max_length=500,
        help_text="Na przykład adres strony albo nazwa, numer i pozycja dziennika urzędowego. "
        "Zostanie w dzienniku czynności.",
    )
