from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0005_calls"),
    ]

    operations = [
        migrations.AlterField(
            model_name="tiering",
            name="because",
            field=models.CharField(
                choices=[
                    ("answer", "An answer"),
                    ("miss", "A check-in nobody answered"),
                    ("raised", "Raised by staff"),
                    ("lowered", "Lowered by staff"),
                    ("corrected", "An answer was entered in error"),
                ],
                max_length=10,
            ),
        ),
    ]
