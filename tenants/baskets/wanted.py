"""The choices of a reader who looks for help in the basket (REG §3.4)."""

from dataclasses import dataclass, fields

YES = "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The choices of a reader: words, kind of help, for whom, where, at what cost, when, in which place."""

    szukaj: str = ""
    dla: str = ""
    dziedzina: str = ""
    rodzaj: str = ""
    gdzie: str = ""
    miejscowosc: str = ""
    gmina: str = ""
    odleglosc: str = ""
    wiek: str = ""
    dostepnosc: str = ""
    koszt: str = ""
    jezyk: str = ""
    dzien: str = ""
    godzina: str = ""
    teraz: bool = False
    miejsca: bool = False

    def of(self, name: str) -> str:
        """The choice of a facet; nothing where all of it will do."""
        choice = getattr(self, name)
        return choice if isinstance(choice, str) else YES if choice else ""

    @property
    def is_narrowed(self) -> bool:
        """Something beside words was chosen."""
        return any(self.of(one.name) for one in fields(self) if one.name != "szukaj")
