"""`csto-graph redirects`: the rules for w3id.org."""

from __future__ import annotations

import click

from csto_graph.cli.limits import Base
from csto_graph.errors import WrongCall


@click.command()
@click.option("--base", type=Base(), required=True, help="The public address of the service, such as https://example.org/graph.")
def redirects(base: str) -> None:
    """Print the file .htaccess by which w3id.org leads the IRIs of the graph to where the service stands."""
    from csto_graph.serve.about.w3id import htaccess
    from csto_graph.serve.app import routes  # Flask, which no other command should wait for

    if "://" not in base or any(each in base for each in " $%\\"):
        raise WrongCall(base, "is no address that a rule can lead to", "Write scheme, host and path, as in https://example.org/graph")
    click.echo(htaccess(routes(), base.rstrip("/")), nl=False)
