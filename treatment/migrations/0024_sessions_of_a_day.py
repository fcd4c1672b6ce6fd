"""My day: the sessions somebody logged lately."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_on_call"),
        ("duties", "0009_pages"),
        ("patients", "0009_texts_to_people"),
        ("treatment", "0023_when_a_duty_ends"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    together = [
        migrations.AlterField(
            model_name="session",
            name="logged_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["logged_by", "-started_at"], name="sessions_logged_by"),
        ),
    ]

    operations = [audit.operations.Together(together)]
