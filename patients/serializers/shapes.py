"""What every shape is made of: moments, keys, places, rows, and what a refusal looks like."""

from datetime import UTC, date, datetime, timedelta

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import timezone
from rest_framework import serializers

from accounts.models import EVERYONE, Facility, Membership, User

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)


CLOCKS_DIFFER = timedelta(minutes=5)


FARTHEST = timedelta(days=3660)


class Moment(serializers.DateTimeField):
    """An instant with its offset from UTC; at most ten years ahead, so that adding to it never overflows."""

    default_error_messages = {
        "zone_missing": "Give the offset from UTC, as in 2026-11-23T14:05:00-05:00 or …Z.",
        "out_of_range": "This is not a time anybody means.",
        "in_the_future": "This is in the future.",
    }

    def __init__(self, *, past=False, **kwargs):
        self.past = past  # something that has happened
        super().__init__(**kwargs)

    def enforce_timezone(self, value):
        """Refuse a wall time without its zone: nobody knows when that is."""
        if timezone.is_naive(value):
            self.fail("zone_missing")
        return value

    def to_internal_value(self, value):
        """Within what people mean, and not in the future when it has happened."""
        value = super().to_internal_value(value)
        now = timezone.now()
        try:
            value = value.astimezone(UTC)
        except OverflowError:
            self.fail("out_of_range")
        if self.past and value > now + CLOCKS_DIFFER:
            self.fail("in_the_future")
        if not EARLIEST <= value <= now + FARTHEST:
            self.fail("out_of_range")
        return value


class Day(serializers.DateField):
    """A day people mean."""

    default_error_messages = {"out_of_range": Moment.default_error_messages["out_of_range"]}

    def to_internal_value(self, value):
        """Between 1900 and ten years ahead."""
        value = super().to_internal_value(value)
        if not EARLIEST.date() <= value <= date.today() + FARTHEST:
            self.fail("out_of_range")
        return value


class Phone(serializers.CharField):
    """A phone number as people write it, kept as it is dialed from anywhere: +12125550123, ;ext=4 behind it."""

    default_error_messages = {"phone_malformed": "This is not a phone number that can be called."}

    def to_internal_value(self, data):
        """In E.164; a number without a country is one of ours (PHONE_REGION)."""
        text = super().to_internal_value(data)
        try:
            number = phonenumbers.parse(text, settings.PHONE_REGION)
        except phonenumbers.NumberParseException:
            self.fail("phone_malformed")
        found = phonenumbers.is_possible_number_with_reason(number)
        if found != phonenumbers.ValidationResult.IS_POSSIBLE:  # nor one that is dialed only locally
            self.fail("phone_malformed")
        dialed = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return f"{dialed};ext={number.extension}" if number.extension else dialed


class Mobile(Phone):
    """A number that takes texts: no extension stands behind it."""

    default_error_messages = {"extension": "A number with an extension takes no text messages."}

    def to_internal_value(self, data):
        """In E.164."""
        number = super().to_internal_value(data)
        if ";" in number:
            self.fail("extension")
        return number


class Email(serializers.CharField):
    """An email address."""

    default_error_messages = {"email_malformed": "This is not an email address."}

    def to_internal_value(self, data):
        """As it is written."""
        text = super().to_internal_value(data)
        try:
            validate_email(text)
        except ValidationError:
            self.fail("email_malformed")
        return text


class Key(serializers.UUIDField):
    """A key that the client brings along: a UUID of version 7."""

    default_error_messages = {"not_version_7": "A key brought along is a UUID of version 7."}

    def to_internal_value(self, data):
        """The key, when it is of version 7."""
        key = super().to_internal_value(data)
        if key.version != 7:
            self.fail("not_version_7")
        return key


class Seen(serializers.PrimaryKeyRelatedField):
    """A row about a person, among those that the user may see in one of the verb's roles."""

    def roles(self):
        """The roles in which they must see it."""
        return self.context["verb"].allowed_roles

    def get_queryset(self):
        """Nothing else exists for this user."""
        from ..views import READS

        reads = READS[self.queryset.model]
        return reads.whole(reads.seen_by(self.context["user"], self.roles()))

    def to_internal_value(self, data):
        """The row."""
        from ..views.bases import READS, one_seen

        if isinstance(data, bool):
            self.fail("incorrect_type", data_type=type(data).__name__)
        row = one_seen(READS[self.queryset.model], self.context["user"], self.roles(), data)
        if row is None:
            self.fail("does_not_exist", pk_value=data)
        return row


class Place(serializers.PrimaryKeyRelatedField):
    """A facility where the user is somebody; in which role is the verb's question."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Facility.objects.all(), **kwargs)

    def get_queryset(self):
        """The user's own places."""
        return Facility.objects.filter(pk__in=self.context["user"].places_as(EVERYONE))


class Colleague(serializers.PrimaryKeyRelatedField):
    """A user who works at one of the user's own places."""

    def __init__(self, **kwargs):
        super().__init__(queryset=User.objects.all(), **kwargs)

    def get_queryset(self):
        """Active users with a role where the user has one."""
        here = Membership.objects.active().filter(facility__in=self.context["user"].places_as(EVERYONE))
        return User.objects.filter(pk__in=here.values("user"))

    def to_internal_value(self, data):
        """The user, with the posts they hold: a verb asks next what they are where."""
        if isinstance(data, bool):
            self.fail("incorrect_type", data_type=type(data).__name__)
        user, here = User.objects.at_work(data), self.context["user"].places_as(EVERYONE)
        if user is None or not set(here) & set(user.places_as(EVERYONE)):
            self.fail("does_not_exist", pk_value=data)
        return user


class Strict(serializers.Serializer):
    """An object of which every member is known: a misspelled one is refused, never ignored."""

    default_error_messages = {"unknown": "There is no such field here."}
    not_both = ()  # two fields of which only one is taken, for the description
    never_null = ()  # fields whose null is refused by a name of its own, for the description

    def to_internal_value(self, data):
        """The object, when nothing in it is unknown."""
        unknown = set(data) - set(self.fields) if hasattr(data, "keys") else ()
        if unknown:
            self._refuse(sorted(unknown), self.error_messages["unknown"], "unknown")
        # DRF would write a number down as text, 3.3e+29 for one.
        numbers = [name for name in self._texts() if isinstance(data, dict) and type(data.get(name)) in (int, float)]
        if numbers:
            self._refuse(numbers, serializers.CharField.default_error_messages["invalid"], "invalid")
        return super().to_internal_value(data)

    def _texts(self):
        return [name for name, field in self.fields.items() if isinstance(field, serializers.CharField)]

    def _refuse(self, names, message, code):
        raise serializers.ValidationError({str(name): [serializers.ErrorDetail(message, code)] for name in names})


class Input(Strict):
    """What any verb takes: when it happened. Left out, it is now."""

    occurred_at = Moment(source="at", past=True, required=False, help_text="when it happened; now, when left out")


class RowInput(Input, serializers.ModelSerializer):
    """What a verb takes that writes a row: fields of the model, with its choices and ranges, never its rules."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: Moment,
        models.DateField: Day,
    }


class FieldProblem(serializers.Serializer):
    """What is wrong with one field."""

    code = serializers.CharField()
    detail = serializers.CharField()


class Candidate(serializers.Serializer):
    """Somebody known who may be the person meant."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    preferred_name = serializers.CharField()
    birth_date = serializers.DateField(allow_null=True)


class ToAnswer(serializers.Serializer):
    """Something in the way that may be answered instead."""

    code = serializers.CharField(help_text="to answer it by")
    detail = serializers.CharField()


class Instead(serializers.Serializer):
    """A verb that can be done instead; nothing of it is done by itself."""

    of = serializers.CharField(help_text="what kind of row it is done to, as episode")
    id = serializers.UUIDField()
    verb = serializers.CharField(help_text="its name in the address")
    said = serializers.DictField(help_text="what goes into its body already; the rest is asked")


class ProblemSerializer(serializers.Serializer):
    """A refusal (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="stable; what software decides by")
    detail = serializers.CharField(help_text="a sentence for people")
    fields = serializers.DictField(child=FieldProblem(many=True), required=False, help_text="by path")
    gaps = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="what is in the way, one sentence each"
    )
    to_answer = ToAnswer(many=True, required=False, help_text="which of them may be answered, and by which code")
    candidates = Candidate(many=True, required=False, help_text="who it may be, among those you may see")
    instead = Instead(required=False, help_text="what can be done in place of what was refused")
    codes = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="of the findings that are in the way"
    )
    findings = serializers.ListField(
        child=serializers.DictField(), required=False, help_text="what rules found: level, code, sentence, source"
    )
    instance = serializers.CharField(required=False, help_text="the request’s id")


ERROR = ["entered_in_error_at", "entered_in_error_by", "entered_in_error_reason"]


class ReasonInput(Input):
    """Why."""

    reason = serializers.CharField(max_length=500)
