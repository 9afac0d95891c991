"""`/dumps/`: the releases as files, listed in DCAT and as a page."""
