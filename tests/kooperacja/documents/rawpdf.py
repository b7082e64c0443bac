"""PDFs written by hand, object by object, as no program writes them."""

from collections.abc import Mapping

Objects = Mapping[int, bytes]
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"


def pages(kids: bytes = b"3 0 R", count: int = 1) -> bytes:
    return b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)


def ordinary(**more: bytes) -> dict[int, bytes]:
    """A document of one page, and objects as `o4=…`."""
    return {1: CATALOG, 2: pages(), 3: PAGE} | {int(key[1:]): text for key, text in more.items()}


def stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def object_stream(entries: bytes, objects: Objects) -> bytes:
    head, body = b"", b""
    for number, text in objects.items():
        head += b"%d %d " % (number, len(body))
        body += text + b" "
    told = b"/Type/ObjStm/N %d/First %d%s" % (len(objects), len(head), entries)
    return stream(told, head + body)


def _body(objects: Objects) -> tuple[bytes, dict[int, int]]:
    parts, places, at = [b"%PDF-1.7\n"], {}, 9
    for number, text in objects.items():
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, text))
        places[number], at = at, at + len(parts[-1])
    return b"".join(parts), places


def with_table(objects: Objects, trailer: bytes = b"") -> bytes:
    """With a table of places; `@@@@@@@@@@` in the trailer becomes the place of the table itself."""
    body, places = _body(objects)
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n"
            for n in range(max(objects) + 1)]  # fmt: skip
    table = b"xref\n0 %d\n%s" % (len(rows), b"".join(rows))
    own = trailer.replace(b"@" * 10, b"%010d" % len(body))
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + end % (len(rows), own, len(body))


def with_stream(
    objects: Objects, inside: Mapping[int, tuple[int, int]], entries: bytes = b""
) -> bytes:
    """With a stream of places; `inside` says in which object stream some lie, and where there."""
    body, places = _body(objects)
    number = max([*objects, *inside]) + 1
    places[number] = len(body)
    rows = [(0, 0, 255)] * (number + 1)
    for n, place in places.items():
        rows[n] = (1, place, 0)
    for n, (holder, at) in inside.items():
        rows[n] = (2, holder, at)
    packed = b"".join(bytes([kind]) + one.to_bytes(4) + two.to_bytes(2) for kind, one, two in rows)
    told = b"/Type/XRef/W[1 4 2]/Size %d/Root 1 0 R" % len(rows)
    told += entries.replace(b"@" * 10, b"%010d" % len(body))
    end = b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n"
    return body + end % (number, stream(told, packed), len(body))


def revised(times: int, *, is_ring: bool = False) -> bytes:
    """So many empty revisions; in a ring, the first names the last as the one before it."""
    content = with_table(ordinary())
    before, at, parts = (
        int(content.rsplit(b"startxref\n", 1)[1].split()[0]),
        len(content),
        [content],
    )
    for number in range(times):
        before, named = at, 0 if is_ring and number == 0 else before
        text = b"xref\n0 0\ntrailer<</Size 4/Root 1 0 R/Prev %010d>>\nstartxref\n%d\n%%%%EOF\n"
        parts.append(text % (named, at))
        at += len(parts[-1])
    return b"".join(parts).replace(b"/Prev 0000000000", b"/Prev %010d" % before)
