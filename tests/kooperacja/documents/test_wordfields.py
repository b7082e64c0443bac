"""Word's own fields are read as Word reads them: no link to a file, and no name that is computed."""

from xml.sax.saxutils import escape

import pytest

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.wordfile import opened
from tests.kooperacja.documents.test_wordcheck import in_body

MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def code(text: str, element: str = "instrText") -> str:
    return f'<w:r><w:{element} xml:space="preserve">{escape(text)}</w:{element}></w:r>'


def complex_field(inside: str) -> bytes:
    words = "<w:r><w:t>kliknij</w:t></w:r>"
    return in_body(f"<w:p>{BEGIN}{inside}{SEPARATE}{words}{END}</w:p>")()


def simple(instruction: str) -> str:
    said = escape(instruction, {'"': "&quot;"})
    return f'<w:fldSimple w:instr="{said}"><w:r><w:t>x</w:t></w:r></w:fldSimple>'


def field(inside: str) -> str:
    return f"{BEGIN}{inside}{END}"


LINKS_OUT = [
    'HYPERLINK "file://\\\\evil\\share\\x.exe"',
    "HYPERLINK file:///c:/windows/system32/calc.exe",
    r"HYPERLINK \\evil.example\share\x.exe",
    r'HYPERLINK "\\\\evil.example\\share"',
    r'HYPERLINK \n "file:///c:/x"',
    r'HYPERLINK \m "file:///c:/x"',
    r'HYPERLINK \n file:///c:/x',
    'HYPERLINK “file:///c:/x”',
    "HYPERLINK „file:///c:/x”",
    "HYPERLINK «file:///c:/x»",
    r'HYPERLINK \l "x" javascript:alert(1)',
    r'HYPERLINK \o "a” file:///c:/x "',
    r"HYPERLINK \o tip file:///c:/x",
    r'HYPERLINK \t "_blank" "javascript:alert(1)"',
    'HYPERLINK "ms-word:ofe|u|https://evil.example/x.docm"',
    r'HYPERLINK "http://ok.example" \s file:///c:/x',
    r'HYPERLINK "http://ok.example" file:///c:/x',
    r'HYPERLINK "http://ok.example"file:///c:/x',
    r'HYPERLINK "http:\\evil\x"',
    "HYPERLINK 'file:///c:/x'",
    'HYPERLINK "file:///c:/x',
    "HYPERLINK x.docx",
    r"HYPERLINK \l",
    r"HYPERLINK \o \l x",
    "HYPERLINK",
    'HYPERLINK ""',
    'hyperlink "FILE:///c:/x"',
    r'HYPERLINK "java script:x"',
]  # fmt: skip
LINKS = [
    'HYPERLINK "https://example.org/a?b=c&d=e"',
    "HYPERLINK https://example.org/",
    "HYPERLINK “https://example.org/”",
    r' HYPERLINK "https://example.org/" \n \o "Strona ośrodka" \t "_blank" ',
    r'HYPERLINK \l "_Toc123"',
    r'HYPERLINK "" \l "_Toc123" \h',
    r'HYPERLINK "mailto:ops@example.pl" \* MERGEFORMAT',
    r'HYPERLINK "http://example.org/" \l rozdział',
]
COMPUTED = {
    "the outer's name": field(code('QUOTE "INCLUDEPICTURE http://x"')),
    "the outer's name in a simple field": simple('QUOTE "INCLUDEPICTURE http://x"'),
    "the end of a name": code("TA") + field(code('QUOTE "X"')),
    "the target of a link": code("HYPERLINK ") + field(code('QUOTE "file:///c:/x"')),
    "the target of a link in quotes": code('HYPERLINK "') + field(code("REF x")) + code('"'),
    "a name in the text": '<w:r><w:t>DDEAUTO c:\\x</w:t></w:r>' + code(" PAGE"),
    "a name once a deletion is accepted": f"<w:del>{code('PAGE ', 'delInstrText')}</w:del>"
    + code("DDEAUTO c:\\x"),
    "a name once an insertion is rejected": f"<w:ins>{code('PAGE ')}</w:ins>" + code("DDE c:\\x"),
    "a target after a tab": code(r"HYPERLINK \l x") + "<w:r><w:tab/></w:r>" + code("file:///c:/x"),
    "one of two branches": (
        f'<mc:AlternateContent xmlns:mc="{MARKUP}"><mc:Choice Requires="w14">{code("PAGE ")}'
        f"</mc:Choice><mc:Fallback>{code('DDEAUTO c:')}</mc:Fallback></mc:AlternateContent>"
    ),
}  # fmt: skip
NESTED = {
    "a formula": code("=") + field(code("PAGE")) + code("+1"),
    "a condition": code("IF ") + field(code("PAGE") + SEPARATE + code("1", "t")) + code(' = 1 "a"'),
    "a simple one": code("IF ") + simple("PAGE") + code(' = 1 "a" "b"'),
    "links of a contents": code(r"TOC \o 1-3") + SEPARATE + field(code(r'HYPERLINK \l "_Toc1"')),
    "one that was taken away": f"<w:del>{code('PAGE', 'delInstrText')}</w:del>",
}


@pytest.mark.parametrize("instruction", LINKS_OUT)
def test_a_link_leads_nowhere_but_to_pages_however_it_is_written(instruction: str) -> None:
    for made in (complex_field(code(instruction)), in_body(f"<w:p>{simple(instruction)}</w:p>")()):
        with pytest.raises(BadTemplate, match="spoza siebie"):
            opened(made)


@pytest.mark.parametrize("instruction", LINKS)
def test_a_link_to_a_page_or_a_place_is_kept(instruction: str) -> None:
    for made in (complex_field(code(instruction)), in_body(f"<w:p>{simple(instruction)}</w:p>")()):
        assert opened(made)


@pytest.mark.parametrize("what", COMPUTED)
def test_nothing_in_a_field_computes_what_it_does(what: str) -> None:
    with pytest.raises(BadTemplate, match="spoza siebie"):
        opened(complex_field(COMPUTED[what]))


@pytest.mark.parametrize("what", NESTED)
def test_a_field_inside_one_that_is_known_is_kept(what: str) -> None:
    assert opened(complex_field(NESTED[what]))
