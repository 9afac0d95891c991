"""The configurations on the page about operating: they are run, where their programs are installed."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from csto_graph import resources
from csto_graph.release.home import current, verify
from tests.release.stores import MEMBERS, publish_members
from tests.serve.stack import Served, serving

PAGE = (resources.root() / "docs" / "operating.md").read_text(encoding="utf-8")
NAMES = "SELECT ?s { ?s cst:memberOf ?o }"
pytestmark = pytest.mark.slow


def block(language: str, beginning: str = "") -> str:
    """The code in that language that begins so."""
    found = re.search(rf"```{language}\n({beginning}.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    publish_members(home)
    with serving(home, "--behind-proxy", 1, "--max-client-at-once", 4) as server:
        yield server


def read(asked: str | Request) -> bytes:
    with urlopen(asked, timeout=20) as response:
        return bytes(response.read())


@contextmanager
def proxied(served: Served, folder: Path) -> Iterator[str]:
    """nginx with the page's configuration before the server."""
    port = free_port()
    site = block("nginx").replace("listen 80;", f"listen 127.0.0.1:{port};").replace("127.0.0.1:8000", f"127.0.0.1:{served.port}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in kinds)
    around = f"daemon off; pid {folder / 'pid'}; error_log stderr; events {{}}\nhttp {{ access_log off;\n{own}{site}\n}}\n"
    (folder / "nginx.conf").write_text(around, encoding="utf-8")
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[str]) -> None:
    for _ in range(100):
        assert process.poll() is None, process.stderr and process.stderr.read()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("nginx does not listen")


@pytest.mark.skipif(not shutil.which("nginx"), reason="there is no nginx here")
def test_nginx_stands_before_the_service(served: Served, tmp_path: Path) -> None:
    """Answers, long queries by GET, refusals and bodies come through; the counters are told to this machine."""
    tmp_path.chmod(0o755)
    with proxied(served, tmp_path) as address:
        for query in (*[NAMES] * 5, f"#{'a' * 200_000}\n{NAMES}"):
            assert read(f"{address}/sparql?query={quote(query)}&format=csv").count(b"\r\n") == len(MEMBERS) + 1
        with pytest.raises(HTTPError) as caught:
            read(f"{address}/sparql?query=SELECT")
        with caught.value as refused:
            assert refused.code == 400 and refused.headers["Content-Type"] == "application/problem+json"
        assert read(Request(f"{address}/sparql", data=NAMES.encode(), headers={"Content-Type": "application/sparql-query"}))
        assert b"csto_graph_requests_total" in read(f"{address}/metrics")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """It finds nothing to complain of; the program is one that is there."""
    unit = tmp_path / "csto-graph.service"
    unit.write_text(re.sub(r"/opt/csto-graph/.venv/bin/csto-graph", "/bin/true", block("ini")), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if "csto-graph.service" in line]
    assert done.returncode == 0 and told == [], done.stderr


@pytest.mark.skipif(not shutil.which("cp"), reason="the commands are those of Unix")
def test_a_backup_made_while_serving_opens(served: Served, tmp_path: Path) -> None:
    """The commands of the page, run on the home of a server that is asked meanwhile."""
    (tmp_path / "backup").mkdir()
    served.query(NAMES)
    commands = block("sh", "cp -a").replace("/var/lib/csto-graph/home", str(served.home))
    subprocess.run(["sh", "-ec", commands], cwd=tmp_path, check=True)
    restored = current(tmp_path / "backup")
    assert restored is not None
    verify(restored)
