"""How notices fared, what came in, what people are written, and who asked not to be written to."""

from django.db.models import Q

from accounts.models import CARE, EVERYONE, Role
from patients.models import ContactPoint, Patient
from patients.serializers import Input
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from . import actions
from .models import Attempt, GatewayIncident, InboundMessage, OptOut, Receipt, Reply, Text
from .serializers import (
    AmendTextInput,
    AttemptSerializer,
    DraftTextInput,
    GatewayIncidentSerializer,
    InboundMessageSerializer,
    OptOutSerializer,
    ReceiptSerializer,
    ReplySerializer,
    SenderNameInput,
    TextSerializer,
    as_read,
)

READ_TEXTS = EVERYONE - {Role.ANALYST}
WRITE_TEXTS = frozenset({Role.ADMIN, Role.SUPERVISOR})


class Attempts(Reads):
    """Tries to hand notices over."""

    model = Attempt
    serializer_class = AttemptSerializer
    filterset_fields = ["patient", "notice", "reply", "result", "channel", "provider_id"]
    follows_person = True
    told = (Told("contact", "message by {channel}", "{result}", at="at", where=Q(notice__to_patient=True)),)


class OptOutFilters(Filters):
    """In force?"""

    in_force = unset("lifted_at")

    class Meta:
        model = OptOut
        fields = ["patient", "channel"]


class OptOuts(Reads):
    """Who asked not to be written to."""

    model = OptOut
    serializer_class = OptOutSerializer
    filterset_class = OptOutFilters
    told = (
        Told("contact", "asked not to be written to", "{channel}", "{how}", at="asked_at", by="asked_by"),
        Told("contact", "may be written to again", "{channel}", at="lifted_at", by="lifted_by"),
    )


class LiftOptOut(Verb):
    """messaging.actions.lift_opt_out"""

    noun = OptOut
    name, label = "lift", "Wants messages again"
    description = "The person asked to be written to again."
    allowed_roles = CARE
    needs = actions.lift_opt_out.needs

    def act(self, row, data, by):
        """Lift."""
        return actions.lift_opt_out(row, **data, by=by)


MarkOptOutError = mark_error(OptOut)


class InboundMessages(Reads):
    """What people wrote to us."""

    model = InboundMessage
    serializer_class = InboundMessageSerializer
    filterset_fields = ["patient", "facility", "meaning", "number"]
    newest_first = True
    follows_person = True
    told = (Told("contact", "wrote to us by {channel}", "{meaning}", at="received_at"),)


class Replies(Reads):
    """What was answered at once."""

    model = Reply
    serializer_class = ReplySerializer
    related = ("text",)
    filterset_fields = ["patient", "facility", "inbound", "state"]
    newest_first = True
    follows_person = True
    told = ()  # the attempts at them tell


class Receipts(Reads):
    """What the provider says became of messages."""

    model = Receipt
    serializer_class = ReceiptSerializer
    filterset_fields = ["provider_id", "status"]


class GatewayIncidents(Reads):
    """Times in which a channel took nothing; they are the same for every place."""

    model = GatewayIncident
    serializer_class = GatewayIncidentSerializer
    allowed_roles = READ_TEXTS
    filterset_fields = ["channel"]


class TextFilters(Filters):
    """In use?"""

    draft = unset("published_at")

    class Meta:
        model = Text
        fields = ["slug", "channel", "language", "facility"]


class Texts(Reads):
    """What people are written: the place's own, and those of every place."""

    model = Text
    serializer_class = TextSerializer
    allowed_roles = READ_TEXTS
    place, shared = "facility", True
    related = ("facility",)
    filterset_class = TextFilters

    def get_queryset(self):
        """With the names that a draft must not say."""
        return super().get_queryset().prefetch_related("facility__programs")


class DraftText(Verb):
    """messaging.actions.draft_text"""

    noun = Text
    creates = True
    name, label = "draft", "Write a new edition"
    description = (
        "Other words for what people are written from one place. Nobody gets them before they are published."
    )
    allowed_roles = WRITE_TEXTS
    serializer_class = DraftTextInput

    def act(self, row, data, by):
        """Draft."""
        return actions.draft_text(**data, by=by)


class AmendText(Verb):
    """messaging.actions.amend_text"""

    noun = Text
    name, label = "amend", "Change the draft"
    description = "Other words; what is published never changes."
    allowed_roles = WRITE_TEXTS
    serializer_class = AmendTextInput
    needs = actions.amend_text.needs

    def act(self, row, data, by):
        """Amend."""
        return actions.amend_text(row, **data, by=by)


class PublishText(Verb):
    """messaging.actions.publish_text"""

    noun = Text
    name, label = "publish", "Publish"
    description = "From now on people are written this. Refused when it would tell a stranger what it is about."
    allowed_roles = WRITE_TEXTS
    serializer_class = Input
    needs = actions.publish_text.needs
    preview_template = "admin/text_preview.html"

    @staticmethod
    def preview(row, data):
        """As somebody would read it, shown before the button."""
        return as_read(row)

    def act(self, row, data, by):
        """Publish."""
        return actions.publish_text(row, **data, by=by)


class ChooseSenderName(Verb):
    """messaging.actions.choose_sender_name"""

    noun = Patient
    name, label = "choose-sender-name", "Who messages are from"
    description = "The name under which the person wants to be written to; it must tell a stranger nothing."
    allowed_roles = CARE
    serializer_class = SenderNameInput

    def act(self, row, data, by):
        """Choose."""
        return actions.choose_sender_name(row, **data, by=by)


class MarkBroken(Verb):
    """messaging.actions.mark_broken"""

    noun = ContactPoint
    name, label = "mark-broken", "It does not work"
    description = "Nothing more is sent there until it is verified again, and another way to the person is found."
    allowed_roles = CARE

    def act(self, row, data, by):
        """Mark."""
        return actions.mark_broken(row, **data, by=by)
