from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0004_calls_owed"),
    ]

    operations = [
        migrations.AddField(
            model_name="ladder",
            name="stays_inside",
            field=models.BooleanField(
                default=False, help_text="staff are told in the program alone, at the bedside; never by e-mail"
            ),
        ),
    ]
