from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0013_who_may_apply"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="figures",
            field=models.TextField(
                blank=True,
                help_text="In bokmål, the amounts, shares and dates that stand there, as in «Kursavgift 80 euro per dag, høyst 800 euro.» A page may state a figure when one of its sources names it.",
                verbose_name="figures that it names",
            ),
        ),
    ]
