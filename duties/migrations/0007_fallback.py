from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0006_what_was_added"),
    ]

    operations = [
        migrations.AddField(
            model_name="rung",
            name="fallback",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="to the person: 0 by the way they chose first, 1 by the next that this duty has not used yet",
            ),
        ),
    ]
