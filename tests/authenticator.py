"""An authenticator app, as far as tests need one."""

import base64
import hashlib
import hmac
import struct
import time


def code_of(secret: str) -> str:
    """Return what an authenticator app shows now: RFC 6238, not the code that is tested."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
