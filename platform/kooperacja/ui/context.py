"""The frame of every page: the place, the reader and the navigation."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from kooperacja.tenancy.middleware import directory
from kooperacja.ui import guide
from kooperacja.ui.links import link, root_link
from kooperacja.ui.navigation import Menu, menu

REGION_PATH = "/region/"
# Pages that a stranger may be looking at and wants to see again when signed in.
RETURN_TO = (REGION_PATH, "/gmina/", "/powiat/", "/konto/zaproszenie/")


@dataclass(frozen=True, slots=True)
class Role:
    """A role one holds here, and for which institution."""

    code: str
    name: str
    organisation: str

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}" if self.organisation else self.name


class Here:
    """The place of a request; each answer is found only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.tenant: Any = getattr(request, "tenant", None)

    @cached_property
    def kind(self) -> str:
        """The navigation that is shown: TENANT, REGION or ACCOUNT."""
        if self.tenant is not None:
            return "TENANT"
        return "REGION" if self.request.path.startswith(REGION_PATH) else "ACCOUNT"

    @property
    def is_shut(self) -> bool:
        """The tenant one is in is not open yet, suspended or closed: its pages answer nobody."""
        return self.tenant is not None and not self.tenant.is_open

    @cached_property
    def name(self) -> str:
        if self.tenant is not None:
            return str(self.tenant.name)
        if self.kind == "REGION":
            return str(getattr(settings, "REGION_NAME", "Panel województwa"))
        return "Twoje konto" if self.account else ""

    @cached_property
    def county(self) -> str:
        """The powiat of a gmina: names of gminas repeat."""
        return str(getattr(self.tenant, "county", ""))

    @cached_property
    def account(self) -> Any:
        """The signed-in account or None; never more than the session already loaded."""
        user = getattr(self.request, "account", None) or getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        return tuple(
            Role(row.role, row.get_role_display(), getattr(row, "organisation_name", "") or "")
            for row in getattr(self.request, "access", None) or ()
        )

    @cached_property
    def menu(self) -> Menu:
        return menu(self.kind, self.request, self.home)

    @cached_property
    def has_nav(self) -> bool:
        """A stranger at a tenant's door has none."""
        return self.account is not None and (self.kind == "ACCOUNT" or bool(self.roles))

    @property
    def entry(self) -> str:
        """The entry of the navigation in which one is; a narrow window has no other sign of it."""
        here = self.menu.here if self.has_nav else ()
        return here[-1].label if here else ""

    @cached_property
    def home(self) -> str:
        """The first page of the place one is in, if one is let in there."""
        is_outside = self.kind == "TENANT" and self.account is not None and not self.roles
        if self.is_shut or is_outside:
            return self.places
        return {"TENANT": link("home"), "REGION": root_link("panel:home")}.get(self.kind) or "/"

    @property
    def help(self) -> str:
        """The section of the guide that explains this page, else its contents."""
        match = self.request.resolver_match
        slug = guide.explained_in(match.view_name) if match else ""
        return root_link("guide_section", slug) if slug else root_link("guide")

    @property
    def search(self) -> str:
        """The page that looks for words in all of the tenant, for whoever was let in."""
        is_in = self.kind == "TENANT" and self.has_nav and not self.is_shut
        return link("search") if is_in else ""

    @cached_property
    def region(self) -> Any:
        """The region with the contact of its ROPS, for pages that say to ask it."""
        return directory().region()

    @property
    def places(self) -> str:
        return root_link("places")

    @property
    def sign_in(self) -> str:
        """Signing in, and from there back to the page or the invitation one has just opened."""
        url, path = root_link("account_login"), self.request.path
        if self.request.method != "GET" or not path.startswith(RETURN_TO):
            return url
        return f"{url}?{urlencode({'next': path})}"

    @property
    def sign_out(self) -> str:
        return root_link("account_logout")

    @property
    def join(self) -> str:
        """The tenant's public page for institutions that want to join; nowhere else."""
        return "" if self.is_shut else link("join")

    @property
    def accessibility(self) -> str:
        """The declaration of the tenant one is in, else the platform's own."""
        own = "" if self.is_shut else link("accessibility")
        return own or root_link("accessibility")


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor: `here`, whether the data is invented, and the release."""
    return {"here": Here(request), "is_demo": settings.DEMO, "release": settings.RELEASE}
