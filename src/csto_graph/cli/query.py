"""`csto-graph query` and `csto-graph export`: what a release answers and what it holds."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path

import click
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Store, serialize

from csto_graph.cli.options import PATH, home_option
from csto_graph.cli.released import required_release
from csto_graph.cli.tables import curie, print_table
from csto_graph.errors import RefusedData, WrongCall
from csto_graph.namespaces import GRAPH, PREFIXES
from csto_graph.release.files import refusals, replace_file
from csto_graph.release.home import open_store
from csto_graph.release.turtle import GraphName, file_name, graph_names, trig, turtle

_SOLUTIONS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "csv": QueryResultsFormat.CSV,
              "tsv": QueryResultsFormat.TSV}  # fmt: skip
_TRIPLES = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML,
            "jsonld": RdfFormat.JSON_LD}  # fmt: skip
_DATASETS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
