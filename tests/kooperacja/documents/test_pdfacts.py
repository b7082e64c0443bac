"""A PDF that acts by itself or reaches outside is refused; what programs write every day is kept."""

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from kooperacja.documents import pdfcheck, uploads
from tests.kooperacja.documents.conftest import Change, pdf

UNC = r"\\example.org\share\x.pdf"
Made = Callable[[pikepdf.Pdf], Any]


def _place() -> Array:
    return Array([0, Name.Fit])


def _uri(address: Any) -> Dictionary:
    return Dictionary(S=Name.URI, URI=address)


def opening(action: Any) -> Change:
    def put(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(action)

    return put


def note(kind: str, **entries: Any) -> Change:
    """An annotation of the first page; what is a stream is made by a function."""

    def put(made: pikepdf.Pdf) -> None:
        parts = {f"/{key}": of(made) if callable(of) else of for key, of in entries.items()}
        one = Dictionary({"/Subtype": Name(kind), "/Rect": Array([0, 0, 9, 9]), **parts})
        made.pages[0].Annots = Array([made.make_indirect(one)])

    return put


def link(action: Any, **entries: Any) -> Change:
    return note("/Link", A=action, **entries)


def scene(made: pikepdf.Pdf) -> Any:
    program = made.make_indirect(Stream(made, b"app.alert('x')"))
    one = Stream(made, b"U3D")
    one.OnInstantiate = program
    return made.make_indirect(one)


def stream(**entries: Any) -> Change:
    def put(made: pikepdf.Pdf) -> None:
        one = Stream(made, b"", Type=Name.XObject, **entries)
        made.pages[0].Resources = Dictionary(XObject=Dictionary(X=made.make_indirect(one)))

    return put


def at_events(made: pikepdf.Pdf) -> None:
    made.pages[0].AA = Dictionary(O=_uri("https://example.org/"))


def base(made: pikepdf.Pdf) -> None:
    made.Root.URI = Dictionary(Base="file:///c:/")


REFUSED: dict[str, tuple[Change, str]] = {
    "opens another file": (opening(Dictionary(S=Name.GoToR, F=UNC, D=_place())), "active"),
    "opens a page of the web": (opening(_uri("https://example.org/")), "active"),
    "thread": (opening(Dictionary(S=Name.Thread, F="//example.org/x.pdf", D=0)), "active"),
    "prints": (opening(Dictionary(S=Name.Named, N=Name.Print)), "active"),
    "turns the page by itself": (opening(Dictionary(S=Name.Named, N=Name.NextPage)), "active"),
    "hides": (opening(Dictionary(S=Name.Hide, T="x", H=False)), "active"),
    "layers": (opening(Dictionary(S=Name.SetOCGState, State=Array([Name.ON]))), "active"),
    "empties the form": (opening(Dictionary(S=Name.ResetForm)), "active"),
    "scene": (opening(Dictionary(S=Name.GoTo3DView)), "active"),
    "command of a film": (opening(Dictionary(S=Name.RichMediaExecute)), "active"),
    "unknown": (opening(Dictionary(S=Name.Whatever)), "active"),
    "after a harmless one": (
        opening(Dictionary(S=Name.GoTo, D=_place(), Next=Dictionary(S=Name.Hide))),
        "active",
    ),
    "one of several after it": (
        link(Dictionary(S=Name.GoTo, D=_place(), Next=Array([_uri("#a"), _uri("file:///x")]))),
        "link",
    ),
    "at events": (at_events, "active"),
    "at an event of the file": (
        lambda made: made.Root.__setattr__("AA", Dictionary(WC=Dictionary(S=Name.Named))),
        "active",
    ),
    "link to a program": (link(_uri("javascript:alert(1)")), "link"),
    "link to a program, spread": (link(_uri("java\nscript:alert(1)")), "link"),
    "link to a disk": (link(_uri("file:///c:/windows/system32/calc.exe")), "link"),
    "link to a share": (link(_uri(UNC)), "link"),
    "link to a share with slashes": (link(_uri("//example.org/share/x.exe")), "link"),
    "link to a file beside it": (link(_uri("calc.exe")), "link"),
    "link to a command of Word": (link(_uri("ms-word:ofe|u|https://example.org/x")), "link"),
    "link that is no text": (link(_uri(Name.x)), "link"),
    "link to another file": (link(Dictionary(S=Name.GoToR, F=UNC, D=_place())), "active"),
    "link that prints": (link(Dictionary(S=Name.Named, N=Name.Print)), "active"),
    "link before the link": (note("/Link", PA=_uri("file:///x")), "link"),
    "base of links": (base, "link"),
    "film": (note("/Movie", Movie=Dictionary(F=UNC), A=Dictionary(ShowControls=True)), "media"),
    "sound": (note("/Sound"), "media"),
    "screen": (note("/Screen"), "media"),
    "screen at events": (note("/Screen", AA=Dictionary(PV=_uri("file:///x"))), "active"),
    "scene with a program": (note("/3D", **{"3DD": scene}), "media"),
    "unknown annotation": (note("/Whatever"), "media"),
    "stream of another file": (
        stream(F=Dictionary(FS=Name.URL, F="http://example.org/")),
        "outside",
    ),
    "filter of such a stream": (stream(FFilter=Name.FlateDecode), "outside"),
    "page of another file": (stream(Subtype=Name.Form, Ref=Dictionary(F=UNC, Page=0)), "outside"),
    "picture fetched for the print": (stream(Subtype=Name.Image, OPI=Dictionary()), "outside"),
}


def outline(made: pikepdf.Pdf) -> None:
    with made.open_outline() as contents:
        for title in ("Rozdział 1", "Rozdział 2"):
            contents.root.append(pikepdf.OutlineItem(title, 0))


def form(made: pikepdf.Pdf) -> None:
    note("/Widget", FT=Name.Tx, T="pole", F=4)(made)
    made.Root.AcroForm = Dictionary(Fields=made.pages[0].Annots)


def tagged(made: pikepdf.Pdf) -> None:
    """Attributes of a tag stand under the key of an action."""
    attributes = Array([Dictionary(O=Name.Layout, Placement=Name.Block), 0])
    made.Root.More = made.make_indirect(Dictionary(S=Name.P, A=attributes))
    made.Root.Other = made.make_indirect(Dictionary(S=Name.TD, A=Dictionary(O=Name.Table)))


KEPT: dict[str, Change] = {
    "opens at a place": opening(_place()),
    "opens at a place by an action": opening(Dictionary(S=Name.GoTo, D=_place())),
    "no events": lambda made: made.Root.__setattr__("AA", Dictionary()),
    "outline": outline,
    "tags": tagged,
    "field of a form": form,
    "stamp": note("/Stamp"),
    "link in the file": link(Dictionary(S=Name.GoTo, D=_place())),
    "link that turns the page": link(Dictionary(S=Name.Named, N=Name.NextPage)),
    **{
        f"link to {address}": link(_uri(address))
        for address in (
            *("https://www.gov.pl/", "HTTP://example.org", " https://example.org/ ą", "tel:112"),
            *("mailto:ops@example.org", "www.example.org", "ops@example.org", "#rozdzial", ""),
        )
    },
    "base of links": lambda made: made.Root.__setattr__(
        "URI", Dictionary(Base="https://example.org/")
    ),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_acts_or_reaches_outside_is_refused(change: Change, reason: str) -> None:
    with pytest.raises(pdfcheck.BadPdf, match=f"^{reason}$"):
        pdfcheck.inspect(pdf(change, stream_decode_level=pikepdf.StreamDecodeLevel.none))
    assert "PDF" in uploads._REASONS[reason]


@pytest.mark.parametrize("change", KEPT.values(), ids=KEPT)
def test_what_programs_write_every_day_is_kept(change: Change) -> None:
    assert pdfcheck.inspect(pdf(change)) == 1
