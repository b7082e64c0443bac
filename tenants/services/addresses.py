"""Addresses as they are compared, and kept out of a text that must not tell them (REG §3.4)."""

import re

from kooperacja.ui.polish import fold

_STREET = ("ul.", "ulica")


def plain_address(street: str, city: str) -> tuple[str, str]:
    """A street and a town in plain letters, however they are written."""
    words = (word for word in fold(street).split() if word not in _STREET)
    return " ".join(words).removeprefix("ul."), " ".join(fold(city).split())


def tells(text: str, street: str) -> bool:
    """The street stands in the text."""
    plain = plain_address(street, "")[0]
    return bool(plain) and plain in " ".join(fold(text).split())


def without_street(text: str, street: str) -> str:
    """The text without the street, and without the comma and the brackets that it leaves empty."""
    if not street:
        return text
    left = re.sub(rf",?\s*{re.escape(street)}", "", text, flags=re.IGNORECASE)
    return re.sub(r"\s*\(\s*\)", "", left).strip()
