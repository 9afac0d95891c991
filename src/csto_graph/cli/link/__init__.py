"""`csto-graph link`: links to other data sets are proposed, decided and used."""

from __future__ import annotations

import click

from csto_graph.cli.link.check import check
from csto_graph.cli.link.deciding import accept, reject
from csto_graph.cli.link.importing import import_
from csto_graph.cli.link.propose import propose


@click.group()
def link() -> None:
    """Links between our things and those of other data sets: found, reviewed, checked, made use of."""


for command in (propose, accept, reject, import_, check):
    link.add_command(command)
