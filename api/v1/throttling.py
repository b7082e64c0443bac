"""How often one key may ask."""

import time

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

A_MINUTE = 600


class TokenThrottle(BaseThrottle):
    """So many requests a key in each minute of the clock; counted in the database."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        if request.auth is None:
            return True
        key = f"api:{request.auth.pk}:{int(time.time() // 60)}"
        count = cache.get(key, 0) + 1
        cache.set(key, count, timeout=120)
        return bool(count <= A_MINUTE)

    def wait(self) -> float:
        return 60 - time.time() % 60
