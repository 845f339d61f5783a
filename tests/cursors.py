"""What anybody can read out of a cursor: it is signed against change, not hidden."""

import json
from base64 import urlsafe_b64decode
from typing import Any
from zlib import decompress


def carried(cursor: str) -> dict[str, Any]:
    """The content of a cursor, without any key."""
    packed = cursor.startswith(".")
    body = cursor.lstrip(".").split(".")[0]
    raw = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return dict(json.loads(decompress(raw) if packed else raw))
