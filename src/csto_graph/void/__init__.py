"""What a dataset says of itself: VoID (W3C Interest Group Note, 3 March 2011), counted by SPARQL and written as triples.

Sections are those of its editors' guide (github.com/cygri/void, guide2), which has the text of the note.

The release counts with the store and the service with its back-end; both say the same, because both ask the same queries.
"""
