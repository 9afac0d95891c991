"""Releases on disk: deterministic files, a manifest, numbered snapshots and what makes them whole."""
