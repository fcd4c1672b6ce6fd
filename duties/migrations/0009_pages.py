from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0008_fallback"),
    ]

    together = [
        migrations.AlterField(
            model_name="notice",
            name="to_role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("admin", "Administrator"),
                    ("intake", "Intake"),
                    ("nurse", "Nurse"),
                    ("prescriber", "Prescriber"),
                    ("counselor", "Counselor"),
                    ("supervisor", "Supervisor"),
                    ("technician", "Technician"),
                    ("aftercare", "Aftercare coach"),
                    ("privacy", "Privacy officer"),
                    ("analyst", "Analyst"),
                    ("on_call", "Whoever is on call"),
                    ("lead", "The lead on call, beside whoever is on call"),
                    ("last_resort", "The last resort, beside whoever is on call"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="rung",
            name="whom",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody"),
                    ("owner", "Whoever owes it"),
                    ("supervisor", "The supervisors here"),
                    ("admin", "The administrators here"),
                    ("privacy", "The privacy officers here"),
                    ("prescriber", "The prescribers here"),
                    ("nurse", "The nurses here"),
                    ("counselor", "The counselors here"),
                    ("aftercare", "The aftercare coaches here"),
                    ("on_call", "Whoever is on call"),
                    ("lead", "The lead on call, beside whoever is on call"),
                    ("last_resort", "The last resort, beside whoever is on call"),
                    ("patient", "The person"),
                ],
                default="owner",
                max_length=20,
            ),
        ),
    ]

    operations = [audit.operations.Together(together)]
