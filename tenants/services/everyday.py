"""Everyday words that mean the same as a word of the types: ciuchy are ubrania (REG §3.4).

They are read from `everyday.csv`: words in their base form, and the words of types that they mean.
"""

import csv
from functools import cache
from importlib.resources import files


@cache
def everyday() -> dict[str, tuple[str, ...]]:
    """Each everyday word with the words that it stands for."""
    text = files(__package__).joinpath("everyday.csv").read_text(encoding="utf-8")
    return {
        word: tuple(line["mean"].split("|"))
        for line in csv.DictReader(text.splitlines())
        for word in line["words"].split("|")
    }
