"""What people are written: drafted, looked at, published. Nothing that tells a stranger what it is about."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from patients.actions import needs
from patients.codes import Channel
from patients.models import Patient

from .. import texts
from ..models import Text


@transaction.atomic
def draft_text(*, facility, slug, channel, language, body, by, subject="", at=None):
    """Write a new edition of a text for one place. Raises text_unknown or subject_of_an_email."""
    if not Text.objects.filter(slug=slug, channel=channel).exists():
        raise ValidationError("There is no text “%(slug)s” here.", code="text_unknown", params={"slug": slug})
    facility = type(facility).objects.lock(facility.pk)
    mine = Text.objects.filter(slug=slug, channel=channel, language=language, facility=facility)
    last = mine.order_by("-edition").values_list("edition", flat=True).first() or 0
    return Text.objects.create(
        slug=slug,
        channel=channel,
        language=language,
        facility=facility,
        edition=last + 1,
        subject=subject,
        body=body,
        written_at=at or timezone.now(),
        written_by=by,
    )


def is_draft(text):
    """Raise text_published when it is in use already."""
    if text.published_at:
        raise ValidationError("A published text never changes; write a new edition.", code="text_published")


@needs(is_draft)
@transaction.atomic
def amend_text(text, *, by, at=None, **words):
    """Change a draft. Raises text_published."""
    text = Text.objects.lock(text.pk)
    amend_text.require(text)
    for field, value in words.items():
        setattr(text, field, value)
    text.written_at, text.written_by = at or timezone.now(), by
    text.save(update_fields=[*words, "written_at", "written_by"])
    return text


@needs(is_draft)
@transaction.atomic
def publish_text(text, *, by, at=None):
    """From now on people are written this. Raises text_published, or what `check` raises."""
    text = Text.objects.select_related("facility").lock(text.pk)
    publish_text.require(text)
    check(text)
    text.published_at, text.published_by = at or timezone.now(), by
    text.save(update_fields=["published_at", "published_by"])
    return text


def check(text):
    """Raises text_word_unknown, text_reveals, or text_too_long for a text message."""
    if unknown := texts.unknown_words(text):
        raise ValidationError(
            "Nothing stands for %(words)s.", code="text_word_unknown", params={"words": ", ".join(unknown)}
        )
    letter = texts.sample(text, text.facility)
    _reveals_nothing(f"{letter.subject}\n{letter.body}\n{text.subject}\n{text.body}", text.facility)
    if text.channel == Channel.SMS and len(letter.body) > texts.LONGEST_SMS:
        raise ValidationError(
            "A text message has at most %(most)s characters; this has %(many)s.",
            code="text_too_long",
            params={"most": texts.LONGEST_SMS, "many": len(letter.body)},
        )


def _reveals_nothing(words, facility=None):
    if found := texts.revealing(words, facility):
        raise ValidationError(
            "This tells a stranger what it is about: %(words)s.",
            code="text_reveals",
            params={"words": ", ".join(found)},
        )


@transaction.atomic
def choose_sender_name(patient, *, sender_name, by, at=None):
    """Who messages to the person are from, as they chose; empty for the place's own. Raises text_reveals."""
    patient = Patient.objects.lock(patient.pk)
    sender_name = " ".join(sender_name.split())
    _reveals_nothing(sender_name)
    patient.sender_name = sender_name
    patient.save(update_fields=["sender_name"])
    return patient
