"""Mentions to IRIs, and IRIs to the identifiers of others."""
