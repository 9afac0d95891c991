"""What the extraction is measured with. Beside the package, not in its wheel; nothing here is timed by a test."""

from __future__ import annotations

import os

# One core, or a ratio of two times says nothing. Set before numpy is first imported, which reads it once.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
