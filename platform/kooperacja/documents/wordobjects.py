"""Objects of a Word file beside text and pictures: taken for their picture, or named and refused."""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from kooperacja.documents.errors import BadTemplate

ACTS = "Szablon zawiera program albo wbudowany obiekt"
_PICTURE = "Szablon zawiera obraz, którego nie można użyć"
_AS_PICTURE = "Usuń to z dokumentu albo wstaw jako obraz (PNG)."
_WITHOUT_MACROS = "Zapisz szablon jako „Dokument programu Word (.docx)”, bez makr."
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELID = "{urn:schemas-microsoft-com:office:office}relid"
_CLICKED = frozenset({"hyperlink", "hlinkClick", "hlinkHover"})
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Word keeps a picture beside each of them, for programs that don't know it.
_PICTURED = {
    "image/svg+xml": "ikona albo obraz SVG",
    "application/inkml+xml": "pismo albo rysunek odręczny",
    "model/gltf.binary": "model 3D",
}
# The first that the name of a part, a relation or an element holds.
_NAMED = {
    "vba": "makro",
    "attachedtoolbars": "pasek narzędzi z makrami",
    "extensibility": "dodatek do programu Word",
    "keymap": "skróty do makr",
    "activex": "kontrolka ActiveX",
    "control": "kontrolka ActiveX",
    ".xls": "arkusz programu Excel, np. z danymi wykresu",
    "package": "osadzony plik, np. arkusz z danymi wykresu",
    "altchunk": "wstawiony w całości inny dokument",
    "afchunk": "wstawiony w całości inny dokument",
    "subdoc": "wstawiony w całości inny dokument",
    "frame": "ramka z inną stroną",
    "video": "film",
    "audio": "nagranie",
    "movie": "film",
    "media": "film albo nagranie",
}
_MACROS = frozenset(
    ["makro", "pasek narzędzi z makrami", "dodatek do programu Word", "skróty do makr"]
)


def refused(said: str, name: str) -> BadTemplate:
    """An object that acts or is another file; `said` is what of the file gives it away."""
    kind = next(
        (words for mark, words in _NAMED.items() if mark in name.lower()), "osadzony obiekt"
    )
    advice = _WITHOUT_MACROS if kind in _MACROS else _AS_PICTURE
    return BadTemplate(ACTS, f"{said}: {name} ({kind}). {advice}")


def refused_part(name: str, content_type: str) -> BadTemplate:
    """A part of a kind that is not kept."""
    shown = name.lstrip("/")
    if kind := _PICTURED.get(content_type):
        return BadTemplate(_PICTURE, f"Część pliku: {shown} ({kind}). {_AS_PICTURE}")
    if content_type.startswith("image/"):
        kind = f"obraz {content_type.removeprefix('image/').upper()[:20]}"
        return BadTemplate(_PICTURE, f"Część pliku: {shown} ({kind}). {_AS_PICTURE}")
    return refused("Część pliku", shown)


def is_pictured(content_type: str) -> bool:
    return content_type in _PICTURED


def show_picture(root: Any, pk: str) -> bool:
    """Take away what leads to an object where its picture stays; False where there is none."""
    for element in _leading(root, pk):
        if etree.QName(element).localname == "svgBlip":
            _drop_extension(element)
        else:
            _fall_back(element)
    return not _leading(root, pk)


def fetched(root: Any, relations: Mapping[str, tuple[str, str, bool]]) -> Iterator[str]:
    """The addresses outside that something else than a link leads to, whatever their relation says."""
    for pk, (_, target, is_outside) in relations.items():
        leading = _leading(root, pk) if is_outside else []
        if any(etree.QName(one).localname not in _CLICKED for one in leading):
            yield target


def _leading(root: Any, pk: str) -> list[Any]:
    """The elements with a relation's id."""
    return [
        element
        for element in root.iter(etree.Element)
        if any(
            value == pk and (name.startswith(_OFFICE) or name == _RELID)
            for name, value in element.attrib.items()
        )
    ]


def _drop_extension(element: Any) -> None:
    picture = next(element.iterancestors("{*}blip"), None)
    extension = element.getparent()
    if picture is not None and picture.get(f"{_OFFICE}embed"):
        extension.getparent().remove(extension)


def _fall_back(element: Any) -> None:
    choice = next(element.iterancestors(f"{_MARKUP}Choice"), None)
    if choice is None:
        return
    both = choice.getparent()
    picture = both.find(f"{_MARKUP}Fallback") if both is not None else None
    if picture is None or not len(picture):
        return
    both.remove(choice)
    if both.find(f"{_MARKUP}Choice") is None:
        place = both.getparent()
        for child in list(picture):
            place.insert(place.index(both), child)
        place.remove(both)
