"""The application with codes in a person's telephone (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time


class Phone:
    """Shows codes for one account and never the same twice, since the site takes each once."""

    def __init__(self, secret: str) -> None:
        self._key = base64.b32decode(secret)
        self._shown: set[int] = set()

    def code(self) -> str:
        now = int(time.time()) // 30
        # The site also takes the neighbouring codes, for clocks that differ.
        step = next((s for s in (now, now + 1, now - 1) if s not in self._shown), None)
        assert step is not None, "three codes within half a minute: sign in less often"
        self._shown.add(step)
        digest = hmac.new(self._key, struct.pack(">Q", step), hashlib.sha1).digest()
        offset = digest[-1] & 15
        number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
        return f"{number % 10**6:06d}"
