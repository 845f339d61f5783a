"""A phone in a process of its own: JSON lines in, JSON lines out."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.model.protocol import PhoneFailed
from tests.model.wire import Wire, serve


class ChildPhone:
    """A client that is not written in Python, driven line by line; its requests pass through the wire."""

    def __init__(self, command: Sequence[str], wire: Wire, *, folder: Path) -> None:
        self._address = serve(wire)
        self._process = subprocess.Popen(
            list(command), cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def do(self, command: dict[str, Any]) -> dict[str, Any]:
        """Carry out a command."""
        if command["cmd"] == "reset":
            command = {**command, "base_url": f"http://127.0.0.1:{self._address.server_address[1]}"}
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(json.dumps(command) + "\n")
            self._process.stdin.flush()
            said = self._process.stdout.readline()
            answer = json.loads(said)
        except (OSError, ValueError) as broken:
            raise PhoneFailed(f"{command}: no answer, code {self._process.poll()}") from broken
        if not isinstance(answer, dict) or "ok" not in answer or "state" not in answer:
            raise PhoneFailed(f"{command}: {said}")
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._address.shutdown()
        self._address.server_close()
