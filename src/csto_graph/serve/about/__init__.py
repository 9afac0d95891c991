"""What the service says of the dataset: VoID and DCAT 3 at `/.well-known/void`, example queries, and rules for w3id.org."""
