"""The kinds of what people put upon a page of a PDF; it never becomes the page's content."""

NOTES = frozenset(
    {
        *("/Text", "/FreeText", "/Stamp", "/Popup", "/Caret", "/Ink", "/Link", "/Watermark"),
        *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut"),
        *("/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"),
    }
)
