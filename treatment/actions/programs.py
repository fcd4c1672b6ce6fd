"""Closing a program, and opening it again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..models import Program


@transaction.atomic
def close_program(program, *, by, at=None):
    """Take nobody any more. Raises program_closed, or people_in_program while somebody is in it.

    The program is locked, as every admission locks it: nobody is let in while it closes.
    """
    program = Program.objects.lock(program.pk)
    if program.closed_at:
        raise ValidationError("This program is closed.", code="program_closed")
    if program.placements.open().exists():
        raise ValidationError(
            "There are people in this program. Move or discharge them first.", code="people_in_program"
        )
    program.closed_at, program.closed_by = at or timezone.now(), by
    program.save(update_fields=["closed_at", "closed_by"])
    program.refresh_from_db()
    return program


@transaction.atomic
def reopen_program(program, *, by, at=None):
    """Take people again."""
    program = Program.objects.lock(program.pk)
    if program.closed_at is None:
        raise ValidationError("This program is open.", code="program_open")
    program.closed_at = program.closed_by = None
    program.save(update_fields=["closed_at", "closed_by"])
    program.refresh_from_db()
    return program
