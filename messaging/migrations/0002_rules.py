from django.db import migrations

from audit.operations import append_only, kept


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("duties", "0002_rules")]

    operations = [
        kept("messaging_optout"),
        append_only("messaging_attempt"),
        append_only("messaging_optouthistory", by_trigger=True),
    ]
