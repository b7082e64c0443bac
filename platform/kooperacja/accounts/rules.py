"""Pure rules of accounts: which redirects stay here, and what a browser calls itself."""

from django.utils.http import url_has_allowed_host_and_scheme

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def is_local_path(url: str) -> bool:
    """A path of this site; an address with a host is refused even when the host is ours."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def browser_of(user_agent: str) -> str:
    """ "Firefox, Windows" from what a browser says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "inna przeglądarka")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser}, {system}" if system else browser
