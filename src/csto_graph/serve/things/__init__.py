"""Things at their own addresses: `/id/…` leads to a page or to data."""
