"""Faults planted on purpose: the tests of the wall must fail on each, or they prove nothing."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: a text that occurs once in a file, what replaces it, and the tests it must fail."""

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    why: str

    @property
    def module(self) -> str:
        """What is imported from the file."""
        return self.file.removeprefix("platform/").removesuffix(".py").replace("/", ".")

    def applied_to(self, root: Path) -> str:
        """The file with the fault; raises if the text to replace is not there exactly once."""
        text = (root / self.file).read_text()
        if (found := text.count(self.before)) != 1:
            raise ValueError(f"{self.name}: „{self.before}” is {found} times in {self.file}")
        return text.replace(self.before, self.after)
