"""Loading which rating asks for which level, by a site that holds a license for it (domain 2.1)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from patients.actions import needs

from ..models import LevelMapping
from ..models.level_data import problems_of, tidy


@transaction.atomic
def load_mapping(*, facility, asam_edition, content, by, at=None, **license):
    """Load a mapping; from now on it says which level is indicated. Earlier ones stay as they were.

    Raises what is wrong with it, all of it in one go, by its code: mapping_malformed, mapping_empty,
    dimension_not_rated, dimension_twice, token_malformed, level_unknown, rule_malformed.
    """
    wrong = problems_of(content, asam_edition)
    if wrong:
        raise ValidationError([ValidationError(sentence, code=code) for code, sentence in wrong])
    before = LevelMapping.objects.filter(facility=facility, asam_edition=asam_edition)
    return LevelMapping.objects.create(
        facility=facility,
        asam_edition=asam_edition,
        number=(before.aggregate(last=Max("number"))["last"] or 0) + 1,
        content=tidy(content),
        loaded_at=at or timezone.now(),
        loaded_by=by,
        **license,
    )


def is_in_use(mapping):
    """Raises mapping_withdrawn."""
    if mapping.withdrawn_at:
        raise ValidationError("This mapping was withdrawn already.", code="mapping_withdrawn")


@needs(is_in_use)
@transaction.atomic
def withdraw_mapping(mapping, *, reason, by, at=None):
    """It is used no longer: the license ended, or it was wrong. Assessments made with it keep naming it."""
    mapping = LevelMapping.objects.lock(mapping.pk)
    withdraw_mapping.require(mapping)
    mapping.withdrawn_at, mapping.withdrawn_by, mapping.withdrawn_reason = at or timezone.now(), by, reason
    mapping.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    mapping.refresh_from_db()
    return mapping
