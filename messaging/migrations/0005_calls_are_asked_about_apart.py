from django.db import migrations, models

import audit.operations

# Who told one of us “not at all” meant calls, too; STOP to a machine never did.
NOR_CALLED = """
INSERT INTO messaging_optout (id, version, patient_id, channel, how, asked_at, asked_by_id, entered_in_error_reason)
SELECT uuidv7(), 1, o.patient_id, 'phone', o.how, o.asked_at, o.asked_by_id, '' FROM messaging_optout o
WHERE o.channel = '' AND o.lifted_at IS NULL AND o.entered_in_error_at IS NULL
    AND o.asked_by_id NOT IN (SELECT id FROM accounts_user WHERE username = 'system')
ON CONFLICT DO NOTHING
"""


def channel():
    return models.CharField(
        blank=True,
        choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
        help_text="empty: every message; calls by a human are the phone’s",
        max_length=10,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0004_both_ways"),
    ]

    together = [
        migrations.AlterField("optout", "channel", channel()),
        migrations.AlterField("optouthistory", "channel", channel()),
    ]

    operations = [
        audit.operations.Together(together),
        migrations.RunSQL(NOR_CALLED, migrations.RunSQL.noop),
    ]
