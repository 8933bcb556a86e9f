"""Show that the image builds, starts as its own user, becomes healthy, asks for a key, takes an article and stops.

    .venv/bin/python -m tests.image.check [BUILD_IMAGE]

BUILD_IMAGE is a program that builds a folder's Dockerfile into a tag with buildah: BUILD_IMAGE FOLDER TAG. Without it
the image built last is looked at again. As root, with Debian's buildah and crun. What is run is what the image's own
configuration names: user, command, health check.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from tests.live import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]
TAG = "onrecord-check"
# The docker format keeps the health check, which OCI's leaves out.
ENVIRONMENT = os.environ | {"STORAGE_DRIVER": "vfs", "BUILDAH_ISOLATION": "chroot", "BUILDAH_FORMAT": "docker"}
TEXT = (PROJECT / "tests/pages/texts/harbour.txt").read_bytes()


def main() -> None:
    """Build, run and look."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("build_image", type=Path, nargs="?")
    options = arguments.parse_args()
    if options.build_image:
        subprocess.run([options.build_image.resolve(), PROJECT, TAG], env=ENVIRONMENT, check=True)
    configuration = json.loads(_buildah("inspect", "--type", "image", TAG))["Docker"]["config"]
    port = free_port()
    with _container() as name:
        run = ["buildah", "run", "--network", "host", "--env", f"ONRECORD_PORT={port}", name, "--"]
        _check_user(run)
        with _started([*run, *configuration["Cmd"]]) as (process, log):
            _await_health([*run, *configuration["Healthcheck"]["Test"][1:]], process)
            url = f"http://127.0.0.1:{port}"
            _check_refusal(url)
            _post_article(url, _key(run))
            _stop(process, log)


def _buildah(*arguments: str) -> str:
    return subprocess.run(
        ["buildah", *arguments], env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()


@contextmanager
def _container() -> Iterator[str]:
    """A new container of the image."""
    name = _buildah("from", TAG)
    try:
        yield name
    finally:
        _buildah("rm", name)


def _check_user(run: list[str]) -> None:
    user = subprocess.run([*run, "id", "-u"], env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True).stdout
    print("runs as user", user.strip())
    assert user.strip() != "0"


@contextmanager
def _started(command: list[str]) -> Iterator[tuple[subprocess.Popen, Path]]:
    with tempfile.TemporaryDirectory() as directory:
        log = Path(directory) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, env=ENVIRONMENT, stdout=output, stderr=output)
        try:
            yield process, log
        finally:
            for member in _family(process):
                member.kill()
            process.wait()
            print("--- the service's log", log.read_text(encoding="utf-8"), sep="\n")


def _family(process: subprocess.Popen) -> list[psutil.Process]:
    if process.poll() is not None:
        return []
    parent = psutil.Process(process.pid)
    return [*parent.children(recursive=True), parent]


def _await_health(check: list[str], process: subprocess.Popen) -> None:
    @retry(retry=retry_if_result(lambda healthy: not healthy), wait=wait_fixed(1), stop=stop_after_delay(120))
    def healthy() -> bool:
        if process.poll() is not None:
            raise SystemExit(f"the service ended with status {process.returncode}")
        return subprocess.run(check, env=ENVIRONMENT, check=False, capture_output=True).returncode == 0

    healthy()
    print("the image's health check passes")


def _check_refusal(url: str) -> None:
    answer = httpx.get(f"{url}/quotes", timeout=60)
    assert answer.status_code == 401, answer.text
    print("asks for a key:", answer.json()["detail"])


def _key(run: list[str]) -> dict[str, str]:
    """The header with a key, made as the README says."""
    make = ["onrecord", "keys", "create", "--scope", "write", "--name", "check"]
    made = subprocess.run([*run, *make], env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {"Authorization": f"Bearer {made.strip()}"}


def _post_article(url: str, key: dict[str, str]) -> None:
    answer = httpx.post(
        f"{url}/articles", content=TEXT, headers={"Content-Type": "text/plain; charset=utf-8", **key}, timeout=60
    )
    assert answer.status_code == 201, answer.text
    names = {quote["speaker"]["name"] for quote in answer.json()["quotes"] if quote["speaker"]}
    print(f"took an article: {len(answer.json()['quotes'])} quotes of {', '.join(sorted(names))}")
    found = httpx.get(f"{url}/quotes", params={"speaker": "Aalund"}, headers=key, timeout=60).json()["items"]
    assert found
    print(f"finds {len(found)} quotes of Aalund")


def _stop(process: subprocess.Popen, log: Path) -> None:
    """SIGTERM to the service itself, as a container engine sends it to the first process of a container."""
    service = next(member for member in _family(process) if _is_service(member.cmdline()))
    service.send_signal(signal.SIGTERM)
    service.wait(30)
    process.wait(30)
    assert "Application shutdown complete" in log.read_text(encoding="utf-8")
    print("finished its work and stopped on SIGTERM")


def _is_service(words: list[str]) -> bool:
    return len(words) > 1 and "python" in words[0] and words[1].endswith("bin/onrecord")


if __name__ == "__main__":
    main()
