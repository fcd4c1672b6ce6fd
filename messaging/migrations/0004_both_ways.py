import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, frozen, kept


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_mobile"),
        ("duties", "0008_fallback"),
        ("messaging", "0003_indexes_of_the_timeline"),
        ("patients", "0009_texts_to_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    together = [
        migrations.AddField(
            model_name="attempt",
            name="provider_id",
            field=models.CharField(blank=True, db_default="", help_text="the provider's own key", max_length=64),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="channel",
            field=models.CharField(
                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")], max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="notice",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="duties.notice",
            ),
        ),
        migrations.AlterField(
            model_name="optout",
            name="channel",
            field=models.CharField(
                blank=True,
                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
                help_text="empty: every channel",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="optouthistory",
            name="channel",
            field=models.CharField(
                blank=True,
                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
                help_text="empty: every channel",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="GatewayIncident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")], max_length=10
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("last_tried_at", models.DateTimeField()),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gateway_incident", to="duties.duty"
                    ),
                ),
            ],
            options={
                "ordering": ["-began_at"],
            },
        ),
        migrations.CreateModel(
            name="InboundMessage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("provider", models.CharField(max_length=20)),
                ("provider_id", models.CharField(help_text="the provider's own key", max_length=64)),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
                        default="sms",
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(help_text="where it came from", max_length=254)),
                ("body", models.TextField(blank=True, max_length=4000)),
                ("received_at", models.DateTimeField()),
                (
                    "meaning",
                    models.CharField(
                        choices=[
                            ("opted_out", "No more messages"),
                            ("opted_in", "Messages again"),
                            ("help", "Who is this?"),
                            ("other", "Anything else"),
                            ("unknown_number", "From a number nobody here has"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="none: nobody has this number, or several people do",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("provider", models.CharField(max_length=20)),
                ("provider_id", models.CharField(help_text="as the attempt has it", max_length=64)),
                (
                    "status",
                    models.CharField(
                        help_text="in the provider's words: delivered, undelivered, failed", max_length=20
                    ),
                ),
                ("code", models.CharField(blank=True, help_text="the provider's error code", max_length=10)),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "provider_id", "status"),
                        name="one_receipt_per_status",
                        violation_error_code="receipt_received",
                        violation_error_message="This receipt was received already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("body", models.TextField(max_length=2000)),
                ("made_at", models.DateTimeField()),
                ("send_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(help_text="not worth sending after this")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("handing_over", "Being handed over"),
                            ("sent", "Sent"),
                            ("unconfirmed", "Handed over, outcome unknown"),
                            ("failed", "Failed"),
                            ("canceled", "Not sent"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=100)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "contact_point",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.contactpoint",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "inbound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="messaging.inboundmessage",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "replies",
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="attempt",
            name="reply",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="messaging.reply",
            ),
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("slug", models.SlugField(help_text="what it is for: check_in, opted_out")),
                ("channel", models.CharField(choices=[("email", "Email"), ("sms", "Text message")], max_length=10)),
                ("language", models.CharField(choices=[("en", "English"), ("es", "Spanish")], max_length=5)),
                ("edition", models.PositiveIntegerField(default=1)),
                ("subject", models.CharField(blank=True, help_text="of an email", max_length=100)),
                (
                    "body",
                    models.TextField(
                        help_text="{from_whom}, {name}, {phone}, {link} are filled in; [in brackets] is left out when one is empty",
                        max_length=2000,
                    ),
                ),
                ("written_at", models.DateTimeField(editable=False)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        help_text="none: every place",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["slug", "channel", "language", "-edition"],
            },
        ),
        migrations.AddField(
            model_name="reply",
            name="text",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messaging.text"
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="text",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="messaging.text",
            ),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["channel", "-at"], name="attempts_of_a_channel"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                condition=models.Q(("provider_id", ""), _negated=True),
                fields=["provider_id"],
                name="attempts_by_provider",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("notice__isnull", False), ("reply", None)),
                    models.Q(("notice", None), ("reply__isnull", False)),
                    _connector="OR",
                ),
                name="an_attempt_is_at_a_notice_or_an_answer",
                violation_error_code="attempt_at_what",
                violation_error_message="An attempt is at a notice or at an answer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gatewayincident",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("channel",),
                name="one_open_incident_per_channel",
                violation_error_code="gateway_down",
                violation_error_message="It is known already that this channel is down.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gatewayincident",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"),
                name="a_gateway_incident_ends_after_it_began",
                violation_error_code="ends_before_start",
                violation_error_message="It ends after it began.",
            ),
        ),
        migrations.AddIndex(
            model_name="inboundmessage",
            index=models.Index(fields=["patient", "-received_at"], name="messages_from_a_person"),
        ),
        migrations.AddConstraint(
            model_name="inboundmessage",
            constraint=models.UniqueConstraint(
                fields=("provider", "provider_id"),
                name="one_message_per_provider_key",
                violation_error_code="message_received",
                violation_error_message="This message was received already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_publishing_has_who",
                violation_error_code="half_recorded",
                violation_error_message="published_at and published_by are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.UniqueConstraint(
                fields=("slug", "channel", "language", "facility", "edition"),
                name="one_text_per_edition",
                nulls_distinct=False,
                violation_error_code="edition_taken",
                violation_error_message="This edition of the text exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "email"), models.Q(("subject", ""), _negated=True)),
                    models.Q(("channel", "sms"), ("subject", "")),
                    _connector="OR",
                ),
                name="an_email_has_a_subject_and_a_text_message_none",
                violation_error_code="subject_of_an_email",
                violation_error_message="An email has a subject, a text message has none.",
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["send_at"], name="replies_to_send"),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(
                condition=models.Q(("state", "handing_over")), fields=["lease_until"], name="replies_on_lease"
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["patient", "-made_at"], name="replies_to_a_person"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(
                fields=("inbound", "text"),
                name="one_answer_of_a_kind",
                violation_error_code="reply_made",
                violation_error_message="This message was answered like that already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_until__isnull", False), ("state", "handing_over")),
                    models.Q(models.Q(("state", "handing_over"), _negated=True), ("lease_until", None)),
                    _connector="OR",
                ),
                name="a_reply_being_handed_over_has_a_lease",
                violation_error_code="lease_missing",
                violation_error_message="A reply being handed over has a lease.",
            ),
        ),
        kept("messaging_text", "messaging_reply", "messaging_gatewayincident"),
        frozen(
            "messaging_text",
            when="OLD.published_at IS NOT NULL",
            name="a_published_text_never_changes",
            message="a published text never changes",
        ),
        append_only("messaging_inboundmessage", "messaging_receipt"),
    ]

    operations = [audit.operations.Together(together)]
