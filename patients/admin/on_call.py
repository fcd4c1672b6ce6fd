"""Who is on call."""

from django.contrib import admin
from django.utils import timezone

from accounts.models import OnCallShift

from .records import RecordAdmin, yes_no
from .words import at


def _now(rows):
    now = timezone.now()
    return rows.filter(starts_at__lte=now, ends_at__gt=now, canceled_at=None)


@admin.register(OnCallShift)
class OnCallShiftAdmin(RecordAdmin):
    """The rota: who is on call, where, as what."""

    list_display = ["user", "kind", "facility", "begins", "ends", "off"]
    list_select_related = ["user", "facility"]
    list_filter = ["kind", yes_no("now", "now", "On call now", "Not now", _now)]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    ordering = ["-starts_at", "pk"]
    begins, ends, off = at("starts_at", "From"), at("ends_at", "Until"), at("canceled_at", "Called off")

    def next_verb(self, row):
        """Finding somebody else."""
        return "" if row.canceled_at else "swap"
