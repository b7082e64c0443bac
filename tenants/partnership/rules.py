"""Rules of the names of the Lider and of the area, and of lines that name a person (REG title, §1.3.b)."""

from kooperacja.ui.polish import genitive_of_unit, locative_of_unit

# Heads of the names of offices: in the locative, in the genitive.
_NOUNS = {
    "ośrodek": ("ośrodku", "ośrodka"),
    "centrum": ("centrum", "centrum"),
    "zespół": ("zespole", "zespołu"),
    "dom": ("domu", "domu"),
}
_MOST_ADJECTIVES = 3  # Samodzielny Miejsko-Gminny Ośrodek …
_LOCATIVE, _GENITIVE = 0, 1
_ENDINGS = ("m", "ego")


def locative_of_office(name: str) -> str:
    """Ośrodku Pomocy Społecznej w Gogolinie; empty for a name of another pattern."""
    return _declined(name, _LOCATIVE)


def genitive_of_office(name: str) -> str:
    """Ośrodka Pomocy Społecznej w Gogolinie; empty for a name of another pattern."""
    return _declined(name, _GENITIVE)


def locative_of_area(name: str) -> str:
    """The area as it stands after "w"; empty where it is no unit."""
    return locative_of_unit(name) if is_unit(name) else ""


def genitive_of_area(name: str) -> str:
    """The area as it stands after "obszar"; empty where it is no unit."""
    return genitive_of_unit(name) if is_unit(name) else ""


def is_unit(name: str) -> bool:
    """The name is a gmina's, a powiat's or a city's, in the nominative."""
    kind, _, own = name.partition(" ")
    return bool(own) and (
        kind.lower() in {"gmina", "powiat", "miasto"} or ", miasto" in name.lower()
    )


def seat_of(name: str) -> str:
    """Where an office is, as its name says it: Ośrodek … w Gogolinie → w Gogolinie."""
    for preposition in (" we ", " w "):
        _, found, place = name.rpartition(preposition)
        if found:
            return f"{preposition.strip()} {place}"
    return ""


def said_where(place: str) -> str:
    """A place in the locative with its preposition: Gogolinie → w Gogolinie."""
    if not place or place.lower().startswith(("w ", "we ")):
        return place[:1].lower() + place[1:]
    needs_vowel = place[0] in "WwFf" and place[1:2].lower() not in set("aąeęioóuy")
    return f"{'we' if needs_vowel else 'w'} {place}"


def _declined(name: str, case: int) -> str:
    """The adjectives and the noun of an office's name declined; what comes after them stays."""
    words = name.split()
    if words and words[0].isupper() and len(words[0]) > 1:
        return name  # an abbreviation: MGOPS w Gogolinie
    for number, word in enumerate(words[: _MOST_ADJECTIVES + 1]):
        if forms := _NOUNS.get(word.lower()):
            before = [_adjective(one, case) for one in words[:number]]
            noun = forms[case].capitalize() if word[0].isupper() else forms[case]
            return " ".join([*before, noun, *words[number + 1 :]]) if all(before) else ""
    return ""


def _adjective(word: str, case: int) -> str:
    """Gminny → Gminnym, Gminnego; Miejskie → Miejskim, Miejskiego; empty for another word."""
    if word.endswith(("ny", "wy", "ki")):
        stem = word
    elif word.endswith(("kie", "wie")):
        stem = word[:-1]
    elif word.endswith(("ne", "we")):
        stem = f"{word[:-1]}y"
    else:
        return ""
    ending = _ENDINGS[case]
    if case == _GENITIVE and stem.endswith("y"):
        stem = stem[:-1]
    return f"{stem}{ending}"


def name_and_address(line: str) -> tuple[str, str]:
    """The name of a person and the e-mail address behind it, as lists and mail programs write both."""
    words = line.replace("<", " ").replace(">", " ").replace(";", " ").replace(",", " ").split()
    addresses = [word for word in words if "@" in word]
    if len(addresses) != 1:
        return "", ""
    return " ".join(word for word in words if "@" not in word).strip('"'), addresses[0]
