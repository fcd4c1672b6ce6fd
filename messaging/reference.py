"""Texts as data: read from files, published as editions."""

import json

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from .models import Text
from .texts import DATA


@transaction.atomic
def publish(entries, *, facility=None):
    """Publish each edition of a text that is not there yet; editions already there are left alone."""
    system, now = User.objects.system(), timezone.now()
    Text.objects.bulk_create(
        [
            Text(
                **entry,
                facility=facility,
                written_at=now,
                written_by=system,
                published_at=now,
                published_by=system,
            )
            for entry in entries
        ],
        ignore_conflicts=True,
    )


def load():
    """Publish the shipped texts."""
    publish(json.loads((DATA / "texts.json").read_text()))
