"""Twenty push services in one process that take everything and answer 201: `python -m tests.bench.sink CERT`.

Prints its ports on a line, then serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from pathlib import Path

ORIGINS = 20
ANSWER = b"HTTP/1.1 201 Created\r\nLocation: https://localhost/m/1\r\nTTL: 86400\r\nContent-Length: 0\r\n\r\n"
LENGTH = b"content-length:"


class Taker(asyncio.Protocol):
    """One connection: counts bytes, answers each message."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            begins = head.find(LENGTH) + len(LENGTH)
            length = int(head[begins : head.find(b"\r", begins) if b"\r" in head[begins:] else None])
            if len(self._buffer) < end + 4 + length:
                return
            self._buffer = self._buffer[end + 4 + length :]
            if self._delay:
                asyncio.get_running_loop().call_later(self._delay, self._transport.write, ANSWER)
            else:
                self._transport.write(ANSWER)


async def serve(certificate: Path, delay: float) -> None:
    """Listen until nobody needs us any more."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: Taker(delay), "127.0.0.1", 0, ssl=context) for _ in range(ORIGINS)
    ]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.0))
