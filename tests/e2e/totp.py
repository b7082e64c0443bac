"""The application with codes in a person's telephone (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time


class Phone:
    """Shows codes for one account, each later than the last, since the site takes no other."""

    def __init__(self, secret: str) -> None:
        self._key = base64.b32decode(secret)
        self._last = 0

    def code(self) -> str:
        while (step := self._next()) is None:
            time.sleep(1)
        self._last = step
        digest = hmac.new(self._key, struct.pack(">Q", step), hashlib.sha1).digest()
        offset = digest[-1] & 15
        number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
        return f"{number % 10**6:06d}"

    def _next(self) -> int | None:
        # The site also takes the neighbouring codes, for clocks that differ; not if the clock
        # moves on before the former one arrives.
        now, seconds = divmod(int(time.time()), 30)
        former = [now - 1] if seconds < 20 else []
        return next((s for s in (*former, now, now + 1) if s > self._last), None)
