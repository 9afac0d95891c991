"""Every way the system refuses, carrying plain values.

A message names the place and the remedy in one line; `cli` prints it and exits with `exit_code`:
1 when data was refused, 2 when the call was wrong (a path, an option, a port, a directory).
"""

from __future__ import annotations

from pathlib import Path


class CstoGraphError(Exception):
    """What every refusal has in common: `place` (a file, an address), `problem`, `remedy`."""

    exit_code = 1

    def __init__(self, place: str | Path, problem: str, remedy: str) -> None:
        self.place = str(place)
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{place}: {problem}. {remedy}.")

    def __reduce__(self) -> tuple[object, ...]:
        """Passes whole from one process to another; exceptions are otherwise rebuilt from their message alone."""
        return type(self), (self.place, self.problem, self.remedy), self.__dict__


class WrongCall(CstoGraphError):
    """The command cannot be carried out as it was given: no such file, a port in use, a home that cannot be written."""

    exit_code = 2


class RefusedText(CstoGraphError):
    """A text that cannot be read as text: empty, binary, not UTF-8, too large."""


class RefusedData(CstoGraphError):
    """A file of the project's data that cannot be used: a syntax error, a missing field, an unknown term."""


class RefusedModel(CstoGraphError):
    """Language-model weights that are absent or are not the ones whose checksums are pinned."""


class RefusedBuild(CstoGraphError):
    """A graph that must not be published: a shape, an expected count or consistency failed."""

    def __init__(self, place: str | Path, problem: str, remedy: str, findings: tuple[str, ...] = ()) -> None:
        self.findings = findings
        super().__init__(place, problem, remedy)


class BrokenRelease(CstoGraphError):
    """A release whose files are not the ones its manifest describes, or that is not there."""
