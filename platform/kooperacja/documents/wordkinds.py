"""The kinds of parts, relations and fields that a Word file may have."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_OTHER = {
    "stylesWithEffects": "http://schemas.microsoft.com/office/2007/relationships/",
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/",
    "people": "http://schemas.microsoft.com/office/2011/relationships/",
    "chartStyle": "http://schemas.microsoft.com/office/2011/relationships/",
    "chartColorStyle": "http://schemas.microsoft.com/office/2011/relationships/",
    "commentsIds": "http://schemas.microsoft.com/office/2016/09/relationships/",
    "commentsExtensible": "http://schemas.microsoft.com/office/2018/08/relationships/",
    "diagramDrawing": "http://schemas.microsoft.com/office/2007/relationships/",
    "classificationlabels": "http://schemas.microsoft.com/office/2020/02/relationships/",
    "core-properties": _PACKAGE,
    "thumbnail": _PACKAGE,
}
_KNOWN = frozenset(
    [
        "officeDocument",
        "styles",
        "settings",
        "webSettings",
        "fontTable",
        "numbering",
        "footnotes",
        "endnotes",
        "header",
        "footer",
        "comments",
        "glossaryDocument",
        "theme",
        "themeOverride",
        "image",
        "hyperlink",
        "font",
        "extended-properties",
        "custom-properties",
        "customXml",
        "customXmlProps",
        "chart",
        "chartUserShapes",
        "diagramData",
        "diagramLayout",
        "diagramQuickStyle",
        "diagramColors",
    ]
) | frozenset(_OTHER)
# Word makes them anew, or looks for them where it does not find them.
DROPPED_RELATIONS = frozenset(
    [
        "attachedTemplate",
        "printerSettings",
        "mailMergeSource",
        "mailMergeHeaderSource",
        "recipientData",
        "transform",
        "keyMapCustomizations",
    ]
)
# They run, bring in another file, or are one.
ACTIVE_RELATIONS = frozenset(
    [
        "vbaProject",
        "wordVbaData",
        "oleObject",
        "package",
        "control",
        "activeXControlBinary",
        "aFChunk",
        "subDocument",
        "frame",
        "attachedToolbars",
        "extensibility",
        "video",
        "audio",
        "media",
    ]
)
DROPPED_ELEMENTS = frozenset(
    ["attachedTemplate", "linkStyles", "mailMerge", "printerSettings", "saveThroughXslt"]
)
ACTIVE_ELEMENTS = frozenset(
    ["altChunk", "subDoc", "object", "control", "frameset", "movie", "objectEmbed", "objectLink"]
)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = f"{_WORD}document.main+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.drawingml."
_CONTENT_TYPES = frozenset(
    {
        *(
            f"{_WORD}{kind}+xml"
            for kind in [
                "document.main",
                "styles",
                "settings",
                "webSettings",
                "fontTable",
                "numbering",
                "footnotes",
                "endnotes",
                "header",
                "footer",
                "comments",
                "commentsExtended",
                "commentsIds",
                "commentsExtensible",
                "people",
                "document.glossary",
            ]
        ),
        *(
            f"{_DRAWING}{kind}+xml"
            for kind in [
                "chart",
                "chartshapes",
                "diagramData",
                "diagramLayout",
                "diagramStyle",
                "diagramColors",
            ]
        ),
        "application/vnd.openxmlformats-officedocument.theme+xml",
        "application/vnd.openxmlformats-officedocument.themeOverride+xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        "application/vnd.openxmlformats-officedocument.obfuscatedFont",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
        "application/vnd.ms-office.chartstyle+xml",
        "application/vnd.ms-office.chartcolorstyle+xml",
        "application/vnd.ms-office.classificationlabels+xml",
        "application/xml",
        "application/x-fontdata",
        "application/x-font-ttf",
        "image/png",
        "image/jpeg",
        "image/jpg",
        "image/gif",
        "image/bmp",
        "image/tiff",
        "image/x-emf",
        "image/x-wmf",
        "image/emf",
        "image/wmf",
    }
)
_AS_MAIN = {f"{_WORD}template.main+xml": _MAIN}

# They show what is in the document itself; others read files, ask programs or run macros.
FIELDS = frozenset(
    [
        "=",
        "ADVANCE",
        "AUTHOR",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
        "BIBLIOGRAPHY",
        "CITATION",
        "COMMENTS",
        "CREATEDATE",
        "DATE",
        "DOCPROPERTY",
        "EDITTIME",
        "EQ",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "FORMTEXT",
        "HYPERLINK",
        "IF",
        "INDEX",
        "KEYWORDS",
        "LASTSAVEDBY",
        "LISTNUM",
        "MERGEFIELD",
        "NOTEREF",
        "NUMCHARS",
        "NUMPAGES",
        "NUMWORDS",
        "PAGE",
        "PAGEREF",
        "PRINTDATE",
        "QUOTE",
        "REF",
        "REVNUM",
        "SAVEDATE",
        "SECTION",
        "SECTIONPAGES",
        "SEQ",
        "STYLEREF",
        "SUBJECT",
        "SYMBOL",
        "TA",
        "TC",
        "TIME",
        "TITLE",
        "TOA",
        "TOC",
        "XE",
    ]
)

# Strict Open XML says the same in other namespaces.
_PURL = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"wordprocessingml/": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"descriptions/": b"http://schemas.openxmlformats.org/descriptions/2006/",
}


def content_type(given: str) -> str | None:
    """The kind of a part that may stay, None for any other; a template's is a document's."""
    plain = given.partition(";")[0].strip()
    plain = _AS_MAIN.get(plain, plain)
    return plain if plain in _CONTENT_TYPES else None


def relation(address: str) -> tuple[str, bool]:
    """The last word of a relation's address, and whether it is one of those we know."""
    folder, _, name = address.rpartition("/")
    name = {"extendedProperties": "extended-properties", "coreProperties": "core-properties"}.get(
        name, name
    )
    name = {"customProperties": "custom-properties"}.get(name, name)
    return name, name in _KNOWN and folder.startswith(
        (
            "http://schemas.openxmlformats.org/",
            "http://purl.oclc.org/",
            "http://schemas.microsoft.com/",
        )
    )


def address_of(name: str) -> str:
    return f"{_OTHER.get(name, _OFFICE)}{name}"


def transitional(content: bytes) -> bytes:
    if _PURL not in content:
        return content
    for name, address in _TRANSITIONAL.items():
        content = content.replace(_PURL + name, address)
    return content.replace(b' w:conformance="strict"', b"").replace(b' conformance="strict"', b"")
