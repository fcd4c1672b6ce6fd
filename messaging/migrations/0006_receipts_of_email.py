from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0005_calls_are_asked_about_apart"),
    ]

    together = [
        migrations.AlterField(
            model_name="attempt",
            name="provider_id",
            field=models.CharField(blank=True, db_default="", help_text="the provider's own key", max_length=254),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="provider_id",
            field=models.CharField(help_text="as the attempt has it", max_length=254),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="status",
            field=models.CharField(
                help_text="in the provider's words: delivered, undelivered, bounced", max_length=20
            ),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="code",
            field=models.CharField(blank=True, help_text="the provider's error code, or why", max_length=20),
        ),
    ]
    operations = [audit.operations.Together(together)]
