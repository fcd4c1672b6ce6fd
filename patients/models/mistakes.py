"""What counts on a record, before it is said that nobody is this person."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from audit.planned import Planned

from .people import Patient

# Marked with the record: how it is reached, and by whom.
ALONG = ("contact_points", "supporters", "circumstances")
# Part of what is marked; and whoever asked for no messages still does.
PARTS = ("check_ins", "aftercare_pauses", "mood_reviews", "opt_outs")


def counted():
    """{what it is called: the relation} of every clinical fact about a person, wherever it was written down."""
    return {
        relation.get_accessor_name(): relation
        for relation in Patient._meta.related_objects
        if relation.field.name == "patient" and hasattr(relation.related_model, "entered_in_error_at")
    }


def _counts(name, relation):
    """Does any of these count? What was written along a thread that was a mistake does so once it was signed."""
    model = relation.related_model
    rows = model._default_manager.filter(patient=OuterRef("pk"), entered_in_error_at=None)
    fields = {field.name for field in model._meta.concrete_fields}
    if "episode" in fields:
        stands = Q(episode=None) | Q(episode__entered_in_error_at=None)
        rows = rows.filter(stands | Q(signed_at__isnull=False) if "signed_at" in fields else stands)
    return Exists(rows)


def _what_counts(patient):
    found = {name: _counts(name, one) for name, one in counted().items() if name not in {*ALONG, *PARTS}}
    duty = Patient._meta.get_field("duties").related_model  # which lies to the right; no import
    found["duties"] = Exists(duty._default_manager.filter(patient=OuterRef("pk"), closed_at=None))
    found["duplicates"] = Exists(Patient.objects.filter(merged_into=OuterRef("pk")))
    return Patient.objects.filter(pk=patient).order_by().values(**{f"has_{name}": one for name, one in found.items()})


WHAT_COUNTS = Planned(_what_counts, UUID)


def what_counts(patient):
    """What stands on this record, in words: one statement."""
    found = WHAT_COUNTS.first(patient.pk)
    names = [name.removeprefix("has_").replace("_", " ") for name, so in found.items() if so]
    return [*names, "a reported death"] if patient.death_reported_at else names
