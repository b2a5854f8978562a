"""Another machine that serves the site, reached with ssh and rsync; it needs nothing of ours.

Over there run a POSIX shell and the programs of any Linux: `flock`, `find`, `sha256sum`, `mv -T`.
"""

import dataclasses
import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.publish.manifest import NAME
from generator.usage import UsageError

_TARGET = re.compile(r"((?:[\w.-]+@)?[\w][\w.-]+):(/.*)")
_SSH = "ssh -o BatchMode=yes"
_HASHED = f"*.{'[0-9a-f]' * 8}.*"
_UNFINISHED = ".current-* releases/.new-* releases/.old-*"
_NOT_OURS = 65
_TOLD = 3
"""How many of the last lines of a foreign program are repeated."""


class RemoteError(OSError):
    """ssh, rsync or the other machine refused; exit code 3. `code` is that of the program."""

    def __init__(self, message: str, code: int = 0) -> None:
        super().__init__(message)
        self.code = code


@dataclasses.dataclass(frozen=True, slots=True)
class RemoteHost:
    """A publishing folder on another machine."""

    host: str
    folder: str

    def run(self, script: str) -> str:
        """Run a shell script in the publishing folder; what it printed.

        Raises:
            RemoteError: it failed or could not be reached.
        """
        return _run([*ssh_command(), self.host, self._here(script)], self.host)

    def prepare(self) -> list[str]:
        """Make the folders and clear what was left unfinished; call it under the lock.

        Returns:
            What was cleared.

        Raises:
            UsageError: `current` over there is not the link that publishing makes.
        """
        script = (
            f"if [ -e current ] && [ ! -L current ]; then exit {_NOT_OURS}; fi; mkdir -p releases;"
            f" for f in {_UNFINISHED}; do"
            ' if [ -e "$f" ] || [ -L "$f" ]; then echo "$f"; rm -rf "$f"; fi; done'
        )
        try:
            return self.run(script).split()
        except RemoteError as error:
            if error.code != _NOT_OURS:
                raise
            message = f"{self} 里的 current 不是本程序建的链接；请先移走它 (not published by us)"
            raise UsageError(message) from error

    def current_id(self) -> str:
        """The release that readers see; empty when there is none."""
        return Path(self.run("readlink current || true").strip()).name

    def pull(self, target: Path, *, assets: bool) -> None:
        """Copy the manifests of all releases here, on request with their hashed assets."""
        target.mkdir(parents=True, exist_ok=True)
        wanted = ["*/", NAME, *([_HASHED] if assets else [])]
        rules = ["--exclude=.*-*", *(f"--include={rule}" for rule in wanted), "--exclude=*"]
        self._rsync(["--delete", "--delete-excluded", "-m", *rules], "releases", str(target))

    def push(self, source: Path, name: str, before: str) -> None:
        """Copy a release there under an unfinished name; what `before` has need not travel."""
        near = [f"--copy-dest=../{before}"] if before else []
        options = ["--checksum", "--delete", "--chmod=D755,F644", *near]
        self._rsync(options, f"releases/.new-{name}", str(source), upwards=True)

    def digests(self, folder: str) -> dict[str, str]:
        """The SHA-256 of every file below a folder over there, as that machine reads it."""
        inside = f"find . -type f ! -path ./{NAME} -exec sha256sum {{}} +"
        lines = self.run(f"cd {shlex.quote(folder)}/ && {inside}").splitlines()
        found = (line.lstrip("\\").split("  ./", 1) for line in lines)
        return {path: digest for digest, path in found}

    @contextmanager
    def only_publisher(self) -> Iterator[None]:
        """Hold the lock over there; it goes with the connection, however this process ends.

        Raises:
            UsageError: somebody else publishes there at this moment.
            RemoteError: the machine could not be reached.
        """
        script = f"mkdir -p {shlex.quote(self.folder)} && cd {shlex.quote(self.folder)} &&"
        script += " flock -n -E 75 .lock -c 'echo held; cat >/dev/null'"
        command = [*ssh_command(), self.host, script]
        with _started(command, stdin=subprocess.PIPE) as process:
            assert process.stdin is not None  # noqa: S101 - asked for above
            assert process.stdout is not None  # noqa: S101 - asked for above
            if process.stdout.readline().strip() != "held":
                _, told = process.communicate()
                if process.returncode == os.EX_TEMPFAIL:
                    message = f"{self} 正有另一次发布在进行；等它结束再试 (another publisher)"
                    raise UsageError(message)
                raise _refused(self.host, told, process.returncode)
            try:
                yield
            finally:
                process.stdin.close()
                process.wait()

    def __str__(self) -> str:
        """As it is written on the command line."""
        return f"{self.host}:{self.folder}"

    def _here(self, script: str) -> str:
        return f"cd {shlex.quote(self.folder)} && {{ {script}; }}"

    def _rsync(
        self, options: Sequence[str], there: str, here: str, *, upwards: bool = False
    ) -> None:
        far, near = f"{self.host}:{self.folder}/{there}/", f"{here}/"
        ends = [near, far] if upwards else [far, near]
        command = ["rsync", "-rlt", "-s", "-e", shlex.join(ssh_command()), *options, *ends]
        _run(command, self.host)


def parse_target(written: str) -> Path | RemoteHost:
    """`user@host:/folder` is another machine; everything else is a folder here."""
    match = _TARGET.fullmatch(written)
    return RemoteHost(match.group(1), match.group(2).rstrip("/")) if match else Path(written)


def ssh_command() -> list[str]:
    """How another machine is reached; `SAFECAMPUS_SSH` names another command or its options."""
    return shlex.split(os.environ.get("SAFECAMPUS_SSH", _SSH))


def _run(command: list[str], host: str) -> str:
    with _started(command, stdin=subprocess.DEVNULL) as process:
        said, told = process.communicate()
    if process.returncode:
        raise _refused(host, told, process.returncode)
    return said


def _started(command: list[str], *, stdin: int) -> "subprocess.Popen[str]":
    try:
        return subprocess.Popen(  # noqa: S603 - ssh and rsync, as the caller wrote them
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError as error:
        message = f"这台机器上没有 {command[0]}，先装上它 (install it first)"
        raise RemoteError(message) from error


def _refused(host: str, told: str, code: int) -> RemoteError:
    lines = " / ".join(told.strip().splitlines()[-_TOLD:])
    return RemoteError(f"{host}：没有做成，原来的网站不变：{lines or code} (refused)", code)
