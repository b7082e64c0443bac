"""The accessibility declaration."""

from tests.declared import ANYBODY, NO_FORM_EVER, SharedPage

PAGES = [
    SharedPage("accessibility", ANYBODY, NO_FORM_EVER, 2),
    SharedPage(
        "guide", ANYBODY, NO_FORM_EVER, 3, seen=("", "?szukaj=glosowanie", "?szukaj=nicosc")
    ),
    SharedPage("guide_section", ANYBODY, NO_FORM_EVER, 2, of="section", seen=("pierwsze-wejscie",)),
]

ROWS = {"section": ("pierwsze-wejscie",)}
