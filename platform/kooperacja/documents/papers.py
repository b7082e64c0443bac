"""Papers: each is written once, and its PDF, Word form and fields come from that."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kooperacja.documents.models import Document, PreparedFile
from kooperacja.documents.parts import Part
from kooperacja.offers import Offer, of
from kooperacja.tenancy.request import TenantRequest

# Of a person and what was prepared, each time it is handed out.
MayTake = Callable[[Any, PreparedFile], bool]


@dataclass(frozen=True, eq=False, kw_only=True)
class Paper(Offer):
    """The content of a paper, and the permission to read it once it is issued.

    `example` has an invented value for every field, and so tells which fields there are. All
    values are texts as they shall be read, but conditions; None stands for what is not there yet,
    and `absent` says of which groups of fields that may be, and when.
    """

    kind: str
    name: str  # what the office calls it
    title: str  # of the PDF, for whoever hears it instead of seeing it
    short: str  # in the footer
    parts: tuple[Part, ...]
    example: Mapping[str, Any]
    may_read: Callable[[TenantRequest, Document], bool] | None = (
        None  # none: it is printed and never kept
    )
    listed: tuple[str, str] = ("", "")  # the page on which it is taken: words and name
    may_take: MayTake | None = None  # where it may take long to draw
    # Files come after it: each element of its list `enclosed` has the id of a `file`, its `size` and
    # a page of its own at the end; one that can't be put in goes to the list `apart`, with `why`.
    encloses: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)  # in older forms → now
    absent: Mapping[str, str] = field(default_factory=dict)  # name of the group → „gdy …”
    # Name of a group → the words that any form of the paper prints while it is there.
    marked: Mapping[str, str] = field(default_factory=dict)
    is_wide: bool = False
    lang: str = "pl"  # of its words
    is_large: bool = False  # in large letters, for whoever reads with difficulty
    row_seconds: float = (
        0.033  # to lay out an element of a list: a row of a table; a paragraph less
    )

    @property
    def fields(self) -> list[str]:
        """The names an office may write in double braces."""
        return list(fields_in(self.example))


@dataclass(frozen=True, eq=False, kw_only=True)
class Pack(Offer):
    """Files in one ZIP, made in the background of what its asker may read then.

    `make` gets the data with which it was asked for, and `may_take` who asks for the file. What
    `leaves` gives of the data is kept beside the file, for `may_take` to look at.
    """

    kind: str
    make: Callable[[Mapping[str, Any]], bytes]
    example: Mapping[str, Any]
    listed: tuple[str, str]  # the page on which it is taken: words and name
    may_take: MayTake
    leaves: Callable[[Mapping[str, Any]], dict[str, Any]] = lambda context: {}


def prepared_of(kind: str) -> "Paper | Pack | None":
    """The paper or the pack of a prepared file."""
    known: list[Paper | Pack] = [*of(Paper), *of(Pack)]
    return next((one for one in known if one.kind == kind), None)


def offered() -> tuple[Paper, ...]:
    return of(Paper)


def paper_of(kind: str) -> Paper | None:
    return next((paper for paper in of(Paper) if paper.kind == kind), None)


def newest(paper: Paper, subject: Any) -> Document | None:
    """The newest version issued about a subject, with its files."""
    issued = Document.objects.filter(kind=paper.kind, subject=subject).select_related("pdf", "docx")
    return issued.order_by("-version").first()


def require_fields(context: Mapping[str, Any], example: Mapping[str, Any], path: str = "") -> None:
    """LookupError for a field that is missing, even where a condition would hide it."""
    for name, value in example.items():
        if name not in context:
            raise LookupError(f"the document's context has no {path}{name}")
        if isinstance(value, Mapping) and context[name] is not None:
            require_fields(context[name], value, f"{path}{name}.")
        if isinstance(value, list) and isinstance(value[0], Mapping):
            for element in context[name]:
                require_fields(element, value[0], f"{path}{name}[].")


def fields_in(values: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The names in double braces by which values are reached; of a list, those of one element."""
    for name, value in values.items():
        path = f"{before}{name}"
        if isinstance(value, Mapping):
            yield from fields_in(value, f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield from fields_in(value[0], f"{path}[].")
        else:
            yield path
