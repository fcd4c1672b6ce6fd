from django.db import migrations, models

from audit.operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0002_triggers"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="circumstances",
                    name="living",
                    field=models.CharField(
                        choices=[
                            ("1", "Homeless"),
                            ("2", "Dependent"),
                            ("3", "Independent"),
                            ("4", "In an institution"),
                            ("5", "In the justice system: jail, prison"),
                            ("6", "Dependent: residential care"),
                            ("7", "Dependent: foster home or foster care"),
                            ("8", "Dependent: crisis residence"),
                            ("9", "Dependent: in an institution"),
                            ("10", "Dependent: private residence"),
                            ("11", "Dependent: with a caretaker"),
                            ("12", "Foster care in a family"),
                            ("13", "Foster care in a group home"),
                            ("97", "Unknown"),
                            ("98", "Not collected"),
                        ],
                        default="98",
                        max_length=2,
                        verbose_name="living arrangement",
                    ),
                ),
                migrations.AlterField(
                    model_name="circumstanceshistory",
                    name="living",
                    field=models.CharField(
                        choices=[
                            ("1", "Homeless"),
                            ("2", "Dependent"),
                            ("3", "Independent"),
                            ("4", "In an institution"),
                            ("5", "In the justice system: jail, prison"),
                            ("6", "Dependent: residential care"),
                            ("7", "Dependent: foster home or foster care"),
                            ("8", "Dependent: crisis residence"),
                            ("9", "Dependent: in an institution"),
                            ("10", "Dependent: private residence"),
                            ("11", "Dependent: with a caretaker"),
                            ("12", "Foster care in a family"),
                            ("13", "Foster care in a group home"),
                            ("97", "Unknown"),
                            ("98", "Not collected"),
                        ],
                        default="98",
                        max_length=2,
                        verbose_name="living arrangement",
                    ),
                ),
            ]
        )
    ]
