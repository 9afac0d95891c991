"""SPARQL as text: its terminals, what is refused of it and what is wrong with it, in words."""
