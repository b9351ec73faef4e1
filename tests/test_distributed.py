"""A cluster of this machine with two actors, killed ones among them, and a fake model in each."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from fakes import PAGE, tools, translate

from summarizer import batch, distributed
from summarizer.batch import write_briefs
from summarizer.briefs import Tools
from summarizer.distributed import Cluster
from summarizer.errors import ClusterFailed, ModelNotHere, PackageMissing, WorkerDied
from summarizer.records import Page, Settings, Translated
from summarizer.store import BRIEFS, Store

POISON = "زرنيخ"
pytestmark = [
    # Ray sets its own deprecated options when it makes its context.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:ray.data.context"),
]
REQUIRED = pytest.mark.skipif(find_spec("ray") is None, reason="needs ray[data]")
PORT = 6397
TOKEN = secrets.token_hex(32)  # or Ray would leave one in the home directory
CLUSTER = "MUKHTASAR_TEST_CLUSTER"  # the address of one that runs already


def load(settings: Settings, threads: int, allow_download: bool, *, once: str = "") -> Tools:
    return tools(translate={"en": partial(_dies, once=once)})


def no_model(settings: Settings, threads: int, allow_download: bool) -> Tools:
    raise ModelNotHere(name="embedded", detail="not on this node", cure="Copy it there.")


def _dies(sentences: Sequence[str], *, once: str) -> list[Translated]:
    """Takes its process along at the poison, and at the first call of all where there is a file ``once``."""
    if any(POISON in s for s in sentences) or _taken_away(once):
        os.kill(os.getpid(), signal.SIGKILL)
    return translate(sentences)


def _taken_away(path: str) -> bool:
    try:
        Path(path).unlink()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster with two cores for all tests here; starting one takes longer than they do."""
    if CLUSTER in os.environ:
        yield os.environ[CLUSTER]
        return
    command = [sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", f"--port={PORT}"]
    options = ["--num-cpus=2", "--include-dashboard=false", "--disable-usage-stats", f"--object-store-memory={1 << 27}"]
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(dir="/tmp") as folder:
        patch.setenv("SOURCE_DATE_EPOCH", "0")
        patch.setenv("RAY_AUTH_MODE", "token")
        patch.setenv("RAY_AUTH_TOKEN", TOKEN)
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        # A short path, because Ray puts sockets in it.
        head = subprocess.Popen(
            [*command, *options, f"--temp-dir={folder}"], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
        )
        _wait_for(PORT)
        yield f"127.0.0.1:{PORT}"
        head.terminate()
        head.wait(60)


def _wait_for(port: int, seconds: float = 60) -> None:
    for _ in range(int(seconds * 10)):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cluster started by the code under test takes over from this process."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setenv("RAY_AUTH_TOKEN", TOKEN)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))


def pages(count: int, poisoned: int = -1) -> list[Page]:
    words = [POISON if number == poisoned else "المدينة" for number in range(count)]
    return [Page(f"{n:02}.txt", PAGE.replace("المدينة", f"{word} {n}")) for n, word in enumerate(words)]


def groups(count: int, poisoned: int = -1) -> Iterator[list[Page]]:
    found = iter(pages(2 * count, poisoned))
    return ([page, next(found)] for page in found)


def sources(count: int) -> list[str]:
    return [page.source for page in pages(2 * count)]


def test_without_ray_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(PackageMissing, match=r"mukhtasar\[distributed\]"):
        Cluster(Settings(), load=load)


def test_nothing_to_do_starts_no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "require_ray", lambda: None)
    monkeypatch.setattr(distributed, "_connected", lambda *_: pytest.fail("started"))
    assert list(Cluster(Settings(), load=load)(iter([]))) == []


@pytest.mark.slow
@REQUIRED
@pytest.mark.usefixtures("here")
def test_on_this_machine_the_output_is_that_of_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "GROUP_CHARACTERS", 500)
    monkeypatch.setattr(distributed, "GROUPS_EACH", 2)  # several shards
    report = run(tmp_path / "here", None)
    assert (report.pages, report.failures) == (20, ())
    before = signal.getsignal(signal.SIGTERM)
    assert run(tmp_path / "ray", Cluster(Settings(), 2, load=load)) == report
    assert (tmp_path / "ray" / BRIEFS).read_bytes() == (tmp_path / "here" / BRIEFS).read_bytes()
    assert signal.getsignal(signal.SIGTERM) == before


def run(folder: Path, work: batch.Work | None, stop: Callable[[], bool] = lambda: False) -> batch.Report:
    with Store(folder) as sink:
        return write_briefs(pages(20), sink, tools=tools(), settings=Settings(), work=work, stop=stop)


@pytest.mark.slow
@REQUIRED
def test_a_stop_keeps_what_is_finished_and_another_run_goes_on(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "GROUP_CHARACTERS", 500)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    path = tmp_path / "cut" / BRIEFS

    def stop() -> bool:
        return path.stat().st_size > 0

    first = run(path.parent, Cluster(Settings(), address=address, load=load, stop=stop), stop)
    assert first.stopped and 0 < first.pages < 20
    second = run(path.parent, Cluster(Settings(), address=address, load=load))
    assert (second.skipped, second.pages) == (first.pages, 20 - first.pages)
    run(tmp_path / "whole", None)
    assert path.read_bytes() == (tmp_path / "whole" / BRIEFS).read_bytes()


@pytest.mark.slow
@REQUIRED
def test_a_killed_actor_loses_nothing(address: str, tmp_path: Path) -> None:
    once = tmp_path / "once"
    once.touch()
    work = Cluster(Settings(), 2, address=address, load=partial(load, once=str(once)))
    results = list(work(groups(6)))
    assert not once.exists(), "nothing was killed"
    assert [page.source for page, _ in results] == sources(6)
    assert all(isinstance(result, list) for _, result in results)


@pytest.mark.slow
@REQUIRED
def test_a_page_that_kills_its_actor_fails_alone(address: str) -> None:
    results = list(Cluster(Settings(), 2, address=address, load=load)(groups(5, poisoned=3)))
    assert [page.source for page, _ in results] == sources(5)
    failed = {page.source: result for page, result in results if isinstance(result, Exception)}
    assert list(failed) == ["03.txt"]
    assert isinstance(failed["03.txt"], WorkerDied)


@pytest.mark.slow
@REQUIRED
def test_a_node_without_the_model_says_so(address: str) -> None:
    with pytest.raises(ModelNotHere, match="not on this node"):
        list(Cluster(Settings(), 1, address=address, load=no_model)(groups(1)))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1", "nonsense"])
def test_an_address_where_nobody_answers(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "require_ray", lambda: None)
    with pytest.raises(ClusterFailed, match=re.escape(address)):
        list(Cluster(Settings(), 1, address=address, load=load)(groups(1)))
