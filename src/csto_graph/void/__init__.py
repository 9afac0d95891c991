"""What a dataset says of itself: VoID (W3C Interest Group Note, 3 March 2011), counted by SPARQL and written as triples.

The release counts with the store and the service with its back-end; both say the same, because both ask the same queries.
"""
