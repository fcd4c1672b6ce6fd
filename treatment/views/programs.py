"""Closing a program, and opening it again: for those who run the place."""

from accounts.models import Role
from patients.views import Verb

from ..actions import programs
from ..models import Program
from .placements import Programs

RUNS = frozenset({Role.ADMIN, Role.SUPERVISOR})

__all__ = ["CloseProgram", "Programs", "ReopenProgram"]


class CloseProgram(Verb):
    """treatment.actions.programs.close_program"""

    noun = Program
    name, label = "close-program", "Close the program"
    description = "It takes nobody any more. Only when nobody is in it."
    confirm = "Nobody can be placed here any more. Close the program?"
    allowed_roles = RUNS
    needs = programs.close_program.needs

    def act(self, row, data, by):
        """Close."""
        return programs.close_program(row, **data, by=by)


class ReopenProgram(Verb):
    """treatment.actions.programs.reopen_program"""

    noun = Program
    name, label = "reopen-program", "Open the program again"
    description = "It takes people again."
    allowed_roles = RUNS
    needs = programs.reopen_program.needs

    def act(self, row, data, by):
        """Open."""
        return programs.reopen_program(row, **data, by=by)
