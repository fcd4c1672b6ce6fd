"""Mistakes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .needs import needs


def is_right(row):
    """Raises error_marked."""
    if row.entered_in_error_at:
        raise ValidationError("This is marked as entered in error already.", code="error_marked")


@needs(is_right)
@transaction.atomic
def mark_error(row, *, reason, by, at=None):
    """Mark a row as entered in error: it stays readable, and counts for nothing from now on."""
    row = type(row).objects.lock(row.pk)
    mark_error.require(row)
    row.entered_in_error_at, row.entered_in_error_by = at or timezone.now(), by
    row.entered_in_error_reason = reason
    row.save(update_fields=["entered_in_error_at", "entered_in_error_by", "entered_in_error_reason"])
    return row
