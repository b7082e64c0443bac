"""The acts of a PDF when it is opened or clicked; a part of `pdfcheck`.

Only what is listed is let through: turning to a place in the file, and addresses that one clicks on.
"""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from kooperacja.documents.pdfnotes import NOTES

# Why some actions are refused wherever they stand; any other that is not listed below is "active".
REASONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/ImportData": "launch",
    "/GoToE": "attachment",
    "/SubmitForm": "submit",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
}
_ANNOTATIONS = NOTES | {"/Widget"}
_CLICKED = {"/GoTo", "/URI", "/Named"}
_BY_ITSELF = {"/GoTo"}
_TURNS = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
# By those of the keys that an action can stand under.
_ALLOWED = {"/OpenAction": _BY_ITSELF, "/A": _CLICKED, "/PA": _CLICKED, "/Next": _CLICKED}
# People write addresses without a scheme as well, and readers put one before them.
_ADDRESS = re.compile(
    r"(https?://[^/\\\s]|mailto:|tel:|www\.|#|[\w.+-]+@[\w.-]+$|$)", re.IGNORECASE
)
# A stream that lies elsewhere, a page of another file, and a picture that is fetched for the print.
_OUTSIDE = {"/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI"}


def refusal(part: Any) -> str:
    """The code of the reason for which a dictionary or stream may not be kept; empty where it may."""
    keys = set(part.keys())
    if isinstance(part, pikepdf.Stream) and keys & _OUTSIDE:
        return "outside"
    if "/AA" in keys and part.get("/AA") != pikepdf.Dictionary():
        return "active"
    if not _is_known_annotation(part, keys):
        return "media"
    for key in _ALLOWED.keys() & keys:
        for action in _actions(part.get(key)):
            if reason := _of_action(action, _ALLOWED[key]):
                return reason
    return "link" if "/Base" in keys and not _is_address(part.get("/Base")) else ""


def _is_known_annotation(part: Any, keys: set[str]) -> bool:
    kind = part.get("/Subtype")
    is_annotation = "/Rect" in keys or part.get("/Type") == pikepdf.Name.Annot
    return not is_annotation or kind is None or str(kind) in _ANNOTATIONS


def _actions(value: Any) -> Iterator[Any]:
    """The actions among what stands under a key; under "/A" and "/Next" other things may stand too."""
    found = value if isinstance(value, pikepdf.Array) else [value]
    for one in found:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and "/S" in one:
            yield one


def _of_action(action: Any, allowed: set[str]) -> str:
    kind = str(action.get("/S"))
    if "/JS" in action:
        return "javascript"
    if kind not in allowed:
        return REASONS.get(kind, "active")
    if kind == "/URI":
        return "" if _is_address(action.get("/URI")) else "link"
    if kind == "/Named":
        return "" if str(action.get("/N")) in _TURNS else "active"
    return ""


def _is_address(value: Any) -> bool:
    return isinstance(value, pikepdf.String) and bool(_ADDRESS.match(str(value).strip()))
