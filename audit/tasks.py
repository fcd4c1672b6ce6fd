"""Keeping the record of access ready for next month, and forgetting spent keys."""

from datetime import timedelta

from celery import shared_task
from django.db import connection
from django.utils import timezone

from .models import RequestKey

KEEP_KEYS = timedelta(hours=48)


@shared_task(name="audit.tasks.make_months")
def make_months():
    """Make the partitions of the access log for this month and the next two, where they are missing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT make_access_month((now() + n * interval '1 month')::date) FROM generate_series(0, 2) n"
        )
        return [name for (name,) in cursor.fetchall()]


@shared_task(name="audit.tasks.forget_request_keys")
def forget_request_keys():
    """Forget the answers to requests older than 48 hours. Returns how many."""
    return RequestKey.objects.filter(at__lt=timezone.now() - KEEP_KEYS).delete()[0]
