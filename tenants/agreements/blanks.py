"""The blanks of the agreement, which `[[name]]` marks in its text (POR)."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank of the text: what it is called, and whether a final text may leave it empty."""

    label: str
    is_required: bool = True


# Lists that stand in the place of a clause, one element each.
DUTIES, CONTACTS = "[[duties]]", "[[contacts]]"
BLANKS = {
    "place": Blank("miejsce zawarcia"),
    "concluded_on": Blank("dzień zawarcia", is_required=False),
    "units": Blank("gmina albo gminy"),
    "residents": Blank("mieszkańcy gminy albo gmin"),
    "county": Blank("powiat"),
    "voivodeship": Blank("województwo"),
    "rops": Blank("regionalny ośrodek polityki społecznej"),
    "frequency": Blank("częstość spotkań"),
    "meeting_place": Blank("miejsce spotkań"),
    "regional_support": Blank("wsparcie samorządu województwa"),
    "informer": Blank("informujący o nowych Stronach"),
    "duties": Blank("dodatkowe obowiązki", is_required=False),
    "contacts": Blank("osoby wyznaczone przez Strony"),
}
BLANK = re.compile(r"\[\[(\w+)\]\]")
