from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatment", "0031_results_that_came_along"),
    ]

    operations = [
        migrations.AlterField(
            model_name="medicationorder",
            name="evidence",
            field=models.CharField(
                choices=[
                    ("labeled", "Labeled use"),
                    ("trials", "Trials; off-label"),
                    ("cases", "Case reports only; off-label"),
                    ("none", "This use is not in the catalog"),
                ],
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="medicationorderhistory",
            name="evidence",
            field=models.CharField(
                choices=[
                    ("labeled", "Labeled use"),
                    ("trials", "Trials; off-label"),
                    ("cases", "Case reports only; off-label"),
                    ("none", "This use is not in the catalog"),
                ],
                editable=False,
                max_length=10,
            ),
        ),
    ]
