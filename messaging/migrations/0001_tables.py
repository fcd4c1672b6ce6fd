import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations


class Migration(migrations.Migration):
    replaces = [
        ("messaging", "0001_initial"),
        ("messaging", "0002_rules"),
        ("messaging", "0003_indexes_of_the_timeline"),
        ("messaging", "0004_both_ways"),
        ("messaging", "0005_calls_are_asked_about_apart"),
        ("messaging", "0006_receipts_of_email"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("audit", "0001_initial"),
        ("duties", "0001_tables"),
        ("patients", "0001_tables"),
    ]

    operations = [
        audit.operations.Together(
            operations=[
                audit.operations.CreateTracked(
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
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["patient", "-received_at"], name="messages_from_a_person")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("provider", "provider_id"),
                                name="one_message_per_provider_key",
                                violation_error_code="message_received",
                                violation_error_message="This message was received already.",
                            )
                        ],
                    },
                ),
                audit.operations.CreateTracked(
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
                        (
                            "channel",
                            models.CharField(choices=[("email", "Email"), ("sms", "Text message")], max_length=10),
                        ),
                        ("language", models.CharField(choices=[("en", "English"), ("es", "Spanish")], max_length=5)),
                        ("edition", models.PositiveIntegerField(default=1)),
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
                        ("subject", models.CharField(blank=True, help_text="of an email", max_length=100)),
                        (
                            "body",
                            models.TextField(
                                help_text="{from_whom}, {name}, {phone}, {link} are filled in; [in brackets] is left out when one is empty",
                                max_length=2000,
                            ),
                        ),
                        ("written_at", models.DateTimeField(editable=False)),
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
                        ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["slug", "channel", "language", "-edition"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_publishing_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="published_at and published_by are recorded together or not at all.",
                            ),
                            models.UniqueConstraint(
                                fields=("slug", "channel", "language", "facility", "edition"),
                                name="one_text_per_edition",
                                nulls_distinct=False,
                                violation_error_code="edition_taken",
                                violation_error_message="This edition of the text exists already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel", "email"), models.Q(("subject", ""), _negated=True)),
                                    models.Q(("channel", "sms"), ("subject", "")),
                                    _connector="OR",
                                ),
                                name="an_email_has_a_subject_and_a_text_message_none",
                                violation_error_code="subject_of_an_email",
                                violation_error_message="An email has a subject, a text message has none.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                audit.operations.CreateTracked(
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
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                            ),
                        ),
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
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messaging.text"
                            ),
                        ),
                        ("body", models.TextField(max_length=2000)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                    ],
                    options={
                        "verbose_name_plural": "replies",
                        "ordering": ["-made_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["send_at"], name="replies_to_send"
                            ),
                            models.Index(
                                condition=models.Q(("state", "handing_over")),
                                fields=["lease_until"],
                                name="replies_on_lease",
                            ),
                            models.Index(fields=["patient", "-made_at"], name="replies_to_a_person"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("inbound", "text"),
                                name="one_answer_of_a_kind",
                                violation_error_code="reply_made",
                                violation_error_message="This message was answered like that already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lease_until__isnull", False), ("state", "handing_over")),
                                    models.Q(
                                        models.Q(("state", "handing_over"), _negated=True), ("lease_until", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_reply_being_handed_over_has_a_lease",
                                violation_error_code="lease_missing",
                                violation_error_message="A reply being handed over has a lease.",
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="Attempt",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="duties.notice",
                            ),
                        ),
                        (
                            "reply",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="messaging.reply",
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
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
                                max_length=10,
                            ),
                        ),
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
                            "to_user",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="messaging.text",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("accepted", "Accepted"),
                                    ("permanent", "Refused for good"),
                                    ("transient", "Refused for now"),
                                    ("unknown", "Not known"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=500)),
                        (
                            "provider_id",
                            models.CharField(
                                blank=True, db_default="", help_text="the provider's own key", max_length=254
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["patient", "-at"], name="attempts_at_a_person"),
                            models.Index(fields=["channel", "-at"], name="attempts_of_a_channel"),
                            models.Index(
                                condition=models.Q(("provider_id", ""), _negated=True),
                                fields=["provider_id"],
                                name="attempts_by_provider",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("notice__isnull", False), ("reply", None)),
                                    models.Q(("notice", None), ("reply__isnull", False)),
                                    _connector="OR",
                                ),
                                name="an_attempt_is_at_a_notice_or_an_answer",
                                violation_error_code="attempt_at_what",
                                violation_error_message="An attempt is at a notice or at an answer.",
                            )
                        ],
                    },
                ),
                audit.operations.CreateTracked(
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
                                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
                                max_length=10,
                            ),
                        ),
                        (
                            "duty",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gateway_incident",
                                to="duties.duty",
                            ),
                        ),
                        ("began_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("last_tried_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-began_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("channel",),
                                name="one_open_incident_per_channel",
                                violation_error_code="gateway_down",
                                violation_error_message="It is known already that this channel is down.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                                ),
                                name="a_gateway_incident_ends_after_it_began",
                                violation_error_code="ends_before_start",
                                violation_error_message="It ends after it began.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="Receipt",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("provider", models.CharField(max_length=20)),
                        ("provider_id", models.CharField(help_text="as the attempt has it", max_length=254)),
                        (
                            "status",
                            models.CharField(
                                help_text="in the provider's words: delivered, undelivered, bounced", max_length=20
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                blank=True, help_text="the provider's error code, or why", max_length=20
                            ),
                        ),
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
                        "indexes": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="OptOut",
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
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opt_outs",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
                                help_text="empty: every message; calls by a human are the phone’s",
                                max_length=10,
                            ),
                        ),
                        ("how", models.CharField(help_text="how they said so", max_length=200)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_index=False,
                                help_text="who wrote it down",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("lifted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "entered_in_error_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_lifting_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="lifted_at and lifted_by are recorded together or not at all.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("entered_in_error_at", None), ("lifted_at", None)),
                                fields=("patient", "channel"),
                                name="one_opt_out_per_channel",
                                violation_error_code="opted_out",
                                violation_error_message="The person has already opted out of this.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="optout_error_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "messaging_optouthistory" ("asked_at", "asked_by_id", "channel", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "how", "id", "lifted_at", "lifted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."channel", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."how", NEW."id", NEW."lifted_at", NEW."lifted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;',
                                    hash="24e74a9f355f2567da30932131819eab1e2e5585",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_52f7e",
                                    table="messaging_optout",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "messaging_optouthistory" ("asked_at", "asked_by_id", "channel", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "how", "id", "lifted_at", "lifted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."channel", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."how", NEW."id", NEW."lifted_at", NEW."lifted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                                    hash="fa54f17b9e89aa5fb7ee6a183d5d28b2f09228bd",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_862e9",
                                    table="messaging_optout",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "messaging_optouthistory" ("asked_at", "asked_by_id", "channel", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "how", "id", "lifted_at", "lifted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."channel", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."how", OLD."id", OLD."lifted_at", OLD."lifted_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;',
                                    hash="25fb34c81f6141b1f4ba87a23da218567a81f153",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_fefe9",
                                    table="messaging_optout",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="OptOutHistory",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="messaging.optout",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        (
                            "id",
                            models.UUIDField(
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "patient",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
                                help_text="empty: every message; calls by a human are the phone’s",
                                max_length=10,
                            ),
                        ),
                        ("how", models.CharField(help_text="how they said so", max_length=200)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="who wrote it down",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("lifted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "entered_in_error_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
