"""One PostgreSQL server on one data folder: made, started with patience, ended."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from server.core import processes
from server.core.pgbinaries import Account, Binaries, LocalDatabaseError, clean_environment

RETRY_SECONDS = 10
RECOVERY_SECONDS = 120
SHORT_FOLDER = "/tmp"  # noqa: S108 - socket paths must be short; every name below it is random and private
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Running:
    """A started server and the private folder of its socket."""

    socket_dir: Path
    popen: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """Stop the server, giving transactions up but no data, and remove its socket folder."""
        process = processes.find(self.popen.pid)
        if process:
            end(process)
        self.popen.wait()
        shutil.rmtree(self.socket_dir, ignore_errors=True)


@dataclass(frozen=True)
class Server:
    """What is needed to run PostgreSQL on one data folder."""

    data_dir: Path
    binaries: Binaries
    account: Account | None
    durable: bool

    @property
    def log(self) -> Path:
        """Where the server writes what it has to say."""
        return self.data_dir.with_name(f"{self.data_dir.name}.log")

    def check_major(self) -> None:
        """Refuse a folder that this PostgreSQL cannot read.

        :raises LocalDatabaseError: if another major version made it, or it is another user's
        """
        try:
            made_by = (self.data_dir / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return
        except PermissionError:
            raise LocalDatabaseError(f"{self.data_dir} is another user's: run this as the user who made it.")
        if made_by != str(self.binaries.major):
            raise LocalDatabaseError(
                f"{self.data_dir} was made by PostgreSQL {made_by}, but this is PostgreSQL "
                f"{self.binaries.version}: export it with pg_dump {made_by} and load it into a new folder "
                "(docs/operations.md), or remove the folder to start anew."
            )

    def end_leftover(self) -> None:
        """End the server that a killed run left on this folder; no other process is ever touched."""
        with contextlib.suppress(FileNotFoundError, IndexError, ValueError):
            lines = (self.data_dir / "postmaster.pid").read_text().splitlines()
            command = processes.command_of(int(lines[0]))
            process = processes.find(int(lines[0]))
            is_postgres = bool(command) and Path(command[0]).name.startswith(("postgres", "postmaster"))
            if process and is_postgres and str(self.data_dir) in command:
                end(process)
            elif process and not is_postgres:  # a stranger got the number; PostgreSQL would wait for it
                (self.data_dir / "postmaster.pid").unlink()
            if lines[4].startswith(f"{SHORT_FOLDER}/vh-"):  # our own socket folder, whose server has ended
                shutil.rmtree(lines[4], ignore_errors=True)

    def ensure_initialised(self, password: str) -> None:
        """Make the data folder unless it is there: scram, checksums, UTF-8.

        :raises LocalDatabaseError: if initdb fails; its words are in the text
        """
        if (self.data_dir / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data_dir, ignore_errors=True)  # what an interrupted first start left
        self.data_dir.mkdir(mode=0o700)
        password_file = self._password_file(password)
        try:
            answer = self._run_initdb(password_file)
        finally:
            password_file.unlink()
        if answer.returncode != 0:
            shutil.rmtree(self.data_dir, ignore_errors=True)
            raise LocalDatabaseError(f"PostgreSQL could not make {self.data_dir}: {answer.stderr.strip()}")

    def _run_initdb(self, password_file: Path) -> "subprocess.CompletedProcess[str]":
        command = [
            self.binaries.program("initdb"),
            f"--pgdata={self.data_dir}",
            "--username=postgres",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--data-checksums",
        ]
        if self.binaries.major >= 17:
            command.append("--locale-provider=builtin")
        if not self.durable:
            command.append("--no-sync")
        if self.account:
            os.chown(self.data_dir, self.account.uid, self.account.gid)
            return self.account.run(command)
        return subprocess.run(  # noqa: S603 - our own program
            command, capture_output=True, text=True, check=False, env=clean_environment()
        )

    def _password_file(self, password: str) -> Path:
        descriptor, name = tempfile.mkstemp(prefix="vh-", dir=SHORT_FOLDER)
        with os.fdopen(descriptor, "w") as file:
            file.write(password)
        if self.account:
            os.chown(name, self.account.uid, self.account.gid)
        return Path(name)

    def start(self, socket_dir: Path | None = None) -> Running:
        """Start the server; for a while after a SIGKILL the old one still seems to hold the folder.

        :raises LocalDatabaseError: if it does not answer
        """
        socket_dir = self._private_folder(socket_dir)
        deadline = time.monotonic() + RETRY_SECONDS
        while True:
            popen = self._launch(socket_dir)
            if _became_ready(popen, socket_dir):
                return Running(socket_dir, popen)
            if time.monotonic() > deadline:
                shutil.rmtree(socket_dir, ignore_errors=True)
                raise LocalDatabaseError(f"PostgreSQL did not start; {self.log} ends: {self._last_words()}")
            time.sleep(0.5)

    def _private_folder(self, wished: Path | None) -> Path:
        if wished is None:
            folder = Path(tempfile.mkdtemp(prefix="vh-", dir=SHORT_FOLDER))
        else:
            wished.mkdir(mode=0o700, exist_ok=True)
            folder = wished
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)
        return folder

    def _launch(self, socket_dir: Path) -> "subprocess.Popen[bytes]":
        settings = SETTINGS | ({} if self.durable else FORGETFUL)
        if not self.durable and self.binaries.major >= 16:
            settings["scram_iterations"] = "1"  # tests connect thousands of times, and guess no password
        settings["unix_socket_directories"] = str(socket_dir)
        command = [self.binaries.program("postgres"), "-D", str(self.data_dir)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as output:
            return subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=clean_environment(),
                start_new_session=True,  # Ctrl-C reaches us alone; we stop the server last
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
            )

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "(nothing)"


def end(process: processes.Process) -> None:
    """Shut a server down in its fast way: sessions end, everything committed is kept."""
    if processes.stop(process, polite=signal.SIGINT, patience=30):
        time.sleep(0.5)  # its own children notice the loss


def _became_ready(popen: "subprocess.Popen[bytes]", socket_dir: Path) -> bool:
    deadline = time.monotonic() + RECOVERY_SECONDS
    while popen.poll() is None and time.monotonic() < deadline:
        if (socket_dir / ".s.PGSQL.5432").exists() and _answers(socket_dir):
            return True
        time.sleep(0.02)
    if popen.poll() is None:
        popen.kill()
    popen.wait()
    return False


def _answers(socket_dir: Path) -> bool:
    """Whether it asks for a password, and so has finished starting or recovering."""
    try:
        psycopg.connect(host=str(socket_dir), user="postgres", dbname="postgres", connect_timeout=5).close()
    except psycopg.OperationalError as refused:
        return "no password supplied" in str(refused)
    return True
