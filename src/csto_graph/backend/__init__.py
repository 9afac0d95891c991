"""Where queries are answered: behind one interface, so that the service need not know which engine answers."""
