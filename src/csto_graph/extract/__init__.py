"""Blocks of text → extractions: mentions, parse, frames from the lexicon, reference, time, number, status."""
