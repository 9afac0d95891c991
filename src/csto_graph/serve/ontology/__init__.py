"""The vocabulary at its own address: `/ontology` and its versions, `/lexicon`, `/shapes`, `/context.jsonld`."""
