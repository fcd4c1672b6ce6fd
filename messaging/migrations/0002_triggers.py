"""What holds of what is sent and what comes in whatever the code does: triggers, and what `web` may not change."""

from django.db import migrations

from audit.operations import append_only, frozen, kept


class Migration(migrations.Migration):
    replaces = [
        ("messaging", "0001_initial"),
        ("messaging", "0002_rules"),
        ("messaging", "0003_indexes_of_the_timeline"),
        ("messaging", "0004_both_ways"),
        ("messaging", "0005_calls_are_asked_about_apart"),
        ("messaging", "0006_receipts_of_email"),
    ]
    dependencies = [
        ("messaging", "0001_tables"),
        ("accounts", "0002_triggers"),
        ("patients", "0002_triggers"),
        ("duties", "0002_triggers"),
    ]
    operations = [
        kept("messaging_gatewayincident", "messaging_optout", "messaging_reply", "messaging_text"),
        append_only("messaging_attempt", "messaging_inboundmessage", "messaging_receipt"),
        append_only("messaging_optouthistory", by_trigger=True),
        frozen(
            "messaging_text",
            when="OLD.published_at IS NOT NULL",
            name="a_published_text_never_changes",
            message="a published text never changes",
        ),
    ]
