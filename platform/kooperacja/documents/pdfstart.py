"""The beginning of a PDF, as a mail gateway may have left it."""

import re

# A reader looks for the header in the first 1024 bytes; its offsets count from there.
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf|[\x00\t\n\f\r ]){1,1024}(?=%PDF-)")


def without_prefix(content: bytes) -> bytes:
    """The document as it was made and signed, without a byte order mark or empty lines before it."""
    before = _BEFORE.match(content)
    return content[before.end() :] if before else content
