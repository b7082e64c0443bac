"""Limits of strangers: so many tries from one address of the network."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def is_within(request: HttpRequest, *, action: str, most: int, seconds: int) -> bool:
    """Count one attempt; False for those beyond `most` in the same stretch of the clock.

    The network address itself is not kept, and proxies count as for signing in.
    """
    address = salted_hmac("limits", str(get_adapter(request).get_client_ip(request))).hexdigest()
    key = f"limit:{action}:{address}:{int(time.time() // seconds)}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, timeout=seconds)
    return bool(count <= most)
