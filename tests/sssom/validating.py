"""Run by the Python that has the tool sssom: prints what it finds in each file, as JSON."""

import json
import sys

from sssom.constants import DEFAULT_VALIDATION_TYPES
from sssom.parsers import parse_sssom_table
from sssom.validators import validate


def findings(path: str) -> list[str]:
    """What the checks that `sssom validate` runs say of a file, or why it cannot be read."""
    try:
        reports = validate(parse_sssom_table(path), DEFAULT_VALIDATION_TYPES, fail_on_error=False)
    except Exception as error:  # the tool has no class of its own
        return [f"{type(error).__name__}: {error}"]
    return [str(result.message) for report in reports.values() for result in report.results]


if __name__ == "__main__":
    sys.stdout.write(json.dumps({path: findings(path) for path in sys.argv[1:]}))
