"""A form that comes when its session has ended: kept for its account, if the slip in it is ours."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from kooperacja.accounts import factors, limits, sessions
from kooperacja.accounts.models import Account
from kooperacja.crypto.envelope import CryptoError
from kooperacja.drafts import keeping, slips
from kooperacja.drafts.owners import may_open, reader_of
from kooperacja.drafts.rules import TooLong
from kooperacja.drafts.slips import Slip
from kooperacja.tenancy.middleware import directory

Response = Callable[[HttpRequest], HttpResponse]

# Forms that come late from one network: an office after its lunch, and no flood.
MOST, SECONDS = 60, 3600
ENDED = "Sesja wygasła."
KEPT = "To, co wpisano, zachowaliśmy; po zalogowaniu wróci. Nie jest to jeszcze zapisane."


class LateFormMiddleware:
    """Keeps a form that is answered by signing in, and says so on that page."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or isinstance(request.user, Account):
            return response
        is_led = response.headers.get("HX-Redirect") or response.headers.get("Location") or ""
        if is_led.partition("?")[0] != settings.LOGIN_URL:
            return response
        return _answered(request, slips.read(request)) or response


def _answered(request: HttpRequest, slip: Slip | None) -> HttpResponse | None:
    """Say on the page of signing in what became of the form, and lead back to its page."""
    is_told = getattr(request, sessions.IS_OVER, False)  # why the session ended
    if slip is None:
        if is_told:
            messages.info(request, sessions.NOT_SAVED)
        return None
    words = KEPT if keep_late(request, slip) else sessions.NOT_SAVED
    if slip.path != slips.path_of(request):  # it is being typed, and its page says this
        return said(f"{ENDED} {words}", status=401)
    messages.info(request, words if is_told else f"{ENDED} {words}")
    back_to = request.get_full_path()
    return factors.go(request, factors.sign_in_url(request, back_to=back_to), status=401)


def said(words: str, status: int = 200) -> HttpResponse:
    """A sentence for the page in which one is typing."""
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def keep_late(request: HttpRequest, slip: Slip) -> bool:
    """Keep a form of whoever is not admitted; only its own account will see it, signed in again."""
    is_other = isinstance(request.user, Account) and request.user.pk != slip.account_id
    if is_other or not limits.is_within(request, action="draft", most=MOST, seconds=SECONDS):
        return False
    if not _has_access(slip) or not may_open(reader_of(slip.account_id), slip.path):
        return False
    try:
        keeping.keep(slip, request.POST, is_late=True)
    except (TooLong, CryptoError):  # without its key nothing is kept, and signing in goes on
        return False
    return True


def _has_access(slip: Slip) -> bool:
    account = Account.objects.filter(pk=slip.account_id, is_active=True).first()
    if account is None or slip.tenant_id is None:
        return account is not None
    tenant = directory().find_by_id(slip.tenant_id)
    return tenant.is_open and tenant.id in directory().tenant_ids_of(account)
