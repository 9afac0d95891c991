"""The HTTP service over a release: reads one, never the pipeline that made it."""
