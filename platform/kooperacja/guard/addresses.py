"""Addresses in a text: of e-mail, and those at which somebody lives."""

import re
from collections.abc import Iterator

from kooperacja.guard.kinds import Finding, Kind
from kooperacja.guard.known import Known

# --- E-mail ------------------------------------------------------------------------------------

_AT = re.compile(
    r" ?@ ?| ?[(\[{] ?(?:at|małpa|malpa|@) ?[)\]}] ?| (?:at|małpa|malpa) ", re.IGNORECASE
)
_DOT = r"(?:\.| ?[(\[] ?(?:dot|kropka|\.) ?[)\]] ?| (?:dot|kropka) )"
_DOMAIN = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,6}}", re.IGNORECASE)
_DOTS = re.compile(_DOT, re.IGNORECASE)
_LOCAL = frozenset("._+%-")
_LONGEST_LOCAL = 64


def emails(text: str, known: Known) -> Iterator[Finding]:
    """Addresses of e-mail that are not public; the sign in the middle may be a word."""
    for at in _AT.finditer(text):
        start = at.start()
        while start and at.start() - start < _LONGEST_LOCAL and _is_local(text[start - 1]):
            start -= 1
        domain = _DOMAIN.match(text, at.end())
        if start == at.start() or domain is None:
            continue
        name = _DOTS.sub(".", domain[0])
        if not re.fullmatch(r"[^\W\d_]{2,}", name.rpartition(".")[2]):
            continue
        if f"{text[start : at.start()]}@{name}".lower() not in known.emails:
            yield Finding(start, domain.end(), Kind.EMAIL, text[start : domain.end()])


def _is_local(sign: str) -> bool:
    return sign.isalnum() or sign in _LOCAL


# --- Post --------------------------------------------------------------------------------------

_BIG = "A-ZĄĆĘŁŃÓŚŹŻ"
_TITLES = r"(?:św|bł|gen|ks|dr|prof|marsz|płk|mjr|kpt|por|rtm|kard|bp|abp|im)\.?"
_NAMED = rf"(?:[{_BIG}][\w.'-]{{0,40}}|{_TITLES}|i|[0-9]{{1,2}}\.?(?= [{_BIG}]))"
_ANY = r"(?:[^\W\d_][\w.'-]{0,40}|[0-9]{1,2}\.?(?= [^\W\d_]))"
_FLAT = r"(?:,? ?(?:m|lok|mieszk)\.? ?[0-9]{1,4}|,? mieszkani\w{1,3} (?:nr )?[0-9]{1,4})"
_HOUSE = rf"(?:nr )?(?P<number>[0-9]{{1,4}}(?:[a-zA-Z]| [A-Z])?(?!\w)(?: ?/ ?[0-9]{{1,4}}[a-zA-Z]?)?)(?P<flat>{_FLAT})?(?![0-9])"
_TOWN = rf"(?P<town>,? {{0,2}}\(?(?P<code>[0-9]{{2}}-[0-9]{{3}}) [{_BIG}][\w-]{{1,30}}(?: [{_BIG}][\w-]{{1,30}})?)?"
_SHAPES = (
    # ul. Długa 5, ulicy Długiej 12/4, os. Piastów 7 m. 3
    re.compile(
        rf"\b(?:[uU][lL]\. ?(?P<street>{_ANY}(?: {_ANY}){{0,5}}?)|"
        rf"(?:[aA]l|[oO]s|[pP]l)\. ?(?P<other>{_NAMED}(?: {_NAMED}){{0,5}}?)|"
        rf"(?:[uU]lic|[aA]lej|[oO]siedl|[pP]lac|[rR]ond|[bB]ulwar|[sS]kwer)[^\W\d_]{{0,3}} "
        rf"(?P<full>{_NAMED}(?: {_NAMED}){{0,5}}?)),? {_HOUSE}{_TOWN}"
    ),
    # zam. Rozwadza 12, zamieszkałej w Malni przy Opolskiej 3
    re.compile(
        rf"\b(?:[zZ]am\.|[zZ]amieszk[^\W\d_]{{1,8}}|[zZ]ameldow[^\W\d_]{{1,6}}|[aA]dres(?:em|u)? ?:?)"
        rf"(?: (?:zamieszkania|zameldowania):?)?(?: pod adresem:?)?"
        rf"(?: (?:w|we|na|przy|pod|miejscowości))* (?P<street>{_NAMED}(?:,? {_NAMED}){{0,4}}?) {_HOUSE}{_TOWN}"
    ),
    # Kościelna 5 m. 3
    re.compile(
        rf"\b(?P<street>[{_BIG}][\w-]{{2,30}}) (?P<number>[0-9]{{1,4}}[a-zA-Z]?(?: ?/ ?[0-9]{{1,4}})?)"
        rf"(?P<flat>{_FLAT}){_TOWN}"
    ),
)
_CODE = re.compile(rf"(?<![0-9-])(?P<code>[0-9]{{2}}-[0-9]{{3}}) [{_BIG}][\w-]{{1,30}}")
_WORD = re.compile(r"[^\W_]+")


def addresses(text: str, known: Known) -> Iterator[Finding]:
    """Places where somebody may live that are not the seat of an institution."""
    for shape in _SHAPES:
        for found in shape.finditer(text):
            if not _is_public(found, known):
                yield Finding(found.start(), found.end(), Kind.ADDRESS, found[0].strip(" ,("))
        text = shape.sub(_blotted, text)
    for found in _CODE.finditer(text):
        if found["code"] not in known.codes:
            yield Finding(found.start(), found.end(), Kind.ADDRESS, found[0])


def _blotted(found: re.Match[str]) -> str:
    return "\0" * len(found[0])


def _is_public(found: re.Match[str], known: Known) -> bool:
    parts = found.groupdict()
    street = parts.get("street") or parts.get("other") or parts.get("full") or ""
    number = parts["number"] + (f"/{_last_number(parts['flat'])}" if parts["flat"] else "")
    return known.has_place(_WORD.findall(street), number, parts.get("code") or "")


def _last_number(text: str) -> str:
    return str(re.findall(r"[0-9]+", text)[-1])
