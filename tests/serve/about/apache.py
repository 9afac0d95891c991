"""A real Apache on loopback that reads the committed rules, where one is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = shutil.which("apache2") or shutil.which("httpd") or shutil.which("apache2", path="/usr/sbin:/usr/local/sbin")
MODULES = Path("/usr/lib/apache2/modules")
_NEEDED = ("mpm_event", "authz_core", "rewrite", "headers")
_CONFIGURATION = """
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
DocumentRoot {folder}/sites
{modules}
{user}
<Directory {folder}/sites>
AllowOverride All
Require all granted
</Directory>
"""


def missing() -> str:
    """Why there is none here; empty where there is one."""
    if PROGRAM is None:
        return "no Apache is installed (Debian: apache2-bin)"
    lacking = [name for name in _NEEDED if not (MODULES / f"mod_{name}.so").is_file()]
    return f"Apache lacks {', '.join(lacking)}" if lacking else ""


@contextmanager
def serving(rules: Path, site: str) -> Iterator[int]:
    """Apache with these rules in the folder of a site; the port it listens on."""
    assert PROGRAM
    with TemporaryDirectory() as name:
        folder, port = Path(name), _free_port()
        folder.chmod(0o755)  # for the user that Apache becomes
        (folder / "sites" / site).mkdir(parents=True)
        shutil.copy(rules, folder / "sites" / site / ".htaccess")
        modules = "\n".join(f"LoadModule {each}_module {MODULES}/mod_{each}.so" for each in _NEEDED)
        user = "User nobody\nGroup nogroup" if os.geteuid() == 0 else ""
        (folder / "conf").write_text(_CONFIGURATION.format(folder=folder, port=port, modules=modules, user=user))
        apache = subprocess.Popen([PROGRAM, "-f", str(folder / "conf"), "-DFOREGROUND"])
        try:
            _wait(apache, port)
            yield port
        finally:
            apache.terminate()
            apache.wait(30)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(apache: subprocess.Popen[bytes], port: int) -> None:
    """Until it accepts connections."""
    for _ in range(300):
        assert apache.poll() is None, "Apache ended"
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("Apache did not begin to listen")
