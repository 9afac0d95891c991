"""A home whose first release holds nothing: for a blank store."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from csto_graph.model import Release
from csto_graph.release.home import publish
from csto_graph.release.manifest import render_files


def publish_blank(home: Path) -> Release:
    """The release of an empty store, current. Raises `WrongCall` where the home cannot be written."""
    store = Store()
    return publish(home, store, render_files(store, {})[0])[0]
