"""The shape of what goes out, what comes in, and of opting out."""

from django.core.exceptions import ValidationError
from rest_framework import serializers

from patients.codes import Channel
from patients.serializers import ERROR, Input, Place, RowInput

from . import texts
from .actions.texts import check
from .models import Attempt, GatewayIncident, InboundMessage, OptOut, Receipt, Reply, Text


class AttemptSerializer(serializers.ModelSerializer):
    """One try to hand a notice over."""

    class Meta:
        model = Attempt
        fields = [
            "id",
            "notice",
            "reply",
            "patient",
            "channel",
            "contact_point",
            "to_user",
            "text",
            "at",
            "result",
            "detail",
            "provider_id",
        ]


class OptOutSerializer(serializers.ModelSerializer):
    """Not to be written to."""

    class Meta:
        model = OptOut
        fields = [
            "id",
            "version",
            "patient",
            "channel",
            "how",
            "asked_at",
            "asked_by",
            "lifted_at",
            "lifted_by",
            *ERROR,
        ]


class OptOutInput(RowInput):
    """From which channel, or all; and how they said so."""

    class Meta:
        model = OptOut
        fields = ["occurred_at", "channel", "how"]


class InboundMessageSerializer(serializers.ModelSerializer):
    """What somebody wrote."""

    class Meta:
        model = InboundMessage
        fields = [
            "id",
            "provider",
            "provider_id",
            "channel",
            "number",
            "body",
            "received_at",
            "patient",
            "facility",
            "meaning",
        ]


class ReplySerializer(serializers.ModelSerializer):
    """What was answered at once."""

    class Meta:
        model = Reply
        fields = [
            "id",
            "version",
            "inbound",
            "patient",
            "facility",
            "text",
            "body",
            "made_at",
            "made_by",
            "send_at",
            "expires_at",
            "state",
            "state_reason",
        ]


class ReceiptSerializer(serializers.ModelSerializer):
    """What the provider says became of a message."""

    class Meta:
        model = Receipt
        fields = ["id", "provider", "provider_id", "status", "code", "received_at"]


class GatewayIncidentSerializer(serializers.ModelSerializer):
    """A time in which a channel took nothing."""

    expired = serializers.SerializerMethodField(help_text="messages that came too late because of it")

    class Meta:
        model = GatewayIncident
        fields = ["id", "version", "channel", "duty", "began_at", "ended_at", "last_tried_at", "expired"]

    def get_expired(self, row) -> int:
        """How many."""
        return row.expired().count()


class AsReadSerializer(serializers.Serializer):
    """A text as somebody would read it, with invented words in place."""

    subject = serializers.CharField()
    body = serializers.CharField()
    characters = serializers.IntegerField()
    parts = serializers.IntegerField(help_text="text messages it is sent as")
    in_the_way = serializers.CharField(help_text="why it cannot be published; empty when it can")


def as_read(text):
    """The same, from a text."""
    try:
        letter = texts.sample(text, text.facility)
        in_the_way = ""
        if text.published_at is None:
            check(text)
    except KeyError:
        letter = texts.Letter(text.subject, text.body, "")
    except ValidationError as refusal:
        in_the_way = " ".join(refusal.messages)
    if unknown := texts.unknown_words(text):
        in_the_way = f"Nothing stands for {', '.join(unknown)}."
    return {
        "subject": letter.subject,
        "body": letter.body,
        "characters": len(letter.body),
        "parts": texts.parts(letter.body) if text.channel == Channel.SMS else 1,
        "in_the_way": in_the_way,
    }


class TextSerializer(serializers.ModelSerializer):
    """What people are written."""

    as_read = serializers.SerializerMethodField()

    class Meta:
        model = Text
        fields = [
            "id",
            "version",
            "slug",
            "channel",
            "language",
            "edition",
            "facility",
            "subject",
            "body",
            "written_at",
            "written_by",
            "published_at",
            "published_by",
            "as_read",
        ]

    def get_as_read(self, row) -> AsReadSerializer:
        """As somebody would read it."""
        return as_read(row)


class DraftTextInput(RowInput):
    """A new edition for one place."""

    facility = Place()

    class Meta:
        model = Text
        fields = ["occurred_at", "facility", "slug", "channel", "language", "subject", "body"]
        validators = []


class AmendTextInput(RowInput):
    """Other words; what is left out stays."""

    class Meta:
        model = Text
        fields = ["occurred_at", "subject", "body"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, partial=True, **kwargs)


class SenderNameInput(Input):
    """Who messages are from; empty for the place's own name."""

    sender_name = serializers.CharField(max_length=60, allow_blank=True)
