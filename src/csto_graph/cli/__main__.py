"""`python -m csto_graph.cli`: the same commands where the entry point is not on the path."""

import sys

from csto_graph.cli import main

sys.exit(main())
