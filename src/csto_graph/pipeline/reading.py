"""Texts → what they say."""

from __future__ import annotations

from dataclasses import replace

from csto_graph.link.minting import link
from csto_graph.model import Source
from csto_graph.pipeline import parts
from csto_graph.pipeline.records import SourceRead
from csto_graph.text.blocks import blocks


def read_declared(source: Source) -> SourceRead:
    """What a source says: its sentences, its statements under their IRIs, the things they speak of."""
    passages, extractions = parts.reader().read(source, blocks(source))
    statements, things = link(source, extractions)
    measured = tuple(replace(s, confidence=parts.confidence().of(s.extraction)) for s in statements)
    return SourceRead(source, passages, measured, things)
