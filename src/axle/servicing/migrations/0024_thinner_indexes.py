"""Indexes that another index covers, and that every receipt had to keep: dropped, the rest stays as it is.

Going back makes them again, under names by which going on finds them.
"""

import django.db.models.deletion
from django.db import migrations, models

# What Django made of foreign keys and unique texts by itself begins with the name of the table. Where another index
# begins with the column it goes, and so do those for LIKE, as lists search by the capitals of a text.
DROP = r"""
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT c.oid::regclass AS name
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
        WHERE t.relnamespace = current_schema()::regnamespace AND starts_with(c.relname, t.relname || '_')
            AND NOT i.indisunique AND i.indpred IS NULL AND i.indnatts = 1
            AND ((t.relname, a.attname) IN (
                    ('servicing_instalment', 'loan_id'), ('servicing_loan', 'customer_id'),
                    ('servicing_loan', 'dealer_id'), ('servicing_loan', 'department_id'),
                    ('servicing_loan', 'legal_entity_id'), ('servicing_loan', 'owner_id'),
                    ('servicing_loan', 'disbursed_on'), ('servicing_receipt', 'loan_id'),
                    ('servicing_receipt', 'part_of_id'), ('servicing_receipt', 'payoff_quote_id'))
                OR c.relname LIKE '%\_like' AND t.relname IN (
                    'servicing_loan', 'servicing_loanevent', 'servicing_posting', 'servicing_receipt'))
    LOOP
        EXECUTE format('DROP INDEX %s', one.name);
    END LOOP;
END $$;
"""
MAKE = r"""
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT * FROM (VALUES
            ('servicing_instalment', 'loan_id', ''), ('servicing_loan', 'customer_id', ''),
            ('servicing_loan', 'dealer_id', ''), ('servicing_loan', 'department_id', ''),
            ('servicing_loan', 'legal_entity_id', ''), ('servicing_loan', 'owner_id', ''),
            ('servicing_loan', 'disbursed_on', ''), ('servicing_receipt', 'loan_id', ''),
            ('servicing_receipt', 'part_of_id', ''), ('servicing_receipt', 'payoff_quote_id', ''),
            ('servicing_loan', 'loan_no', 'like'), ('servicing_loan', 'contract_no', 'like'),
            ('servicing_loanevent', 'event_no', 'like'), ('servicing_posting', 'event_no', 'like'),
            ('servicing_receipt', 'receipt_no', 'like')
        ) AS v(of_table, of_column, suffix)
    LOOP
        EXECUTE format('CREATE INDEX %I ON %I (%I %s)', concat_ws('_', one.of_table, one.of_column, 'again',
            nullif(one.suffix, '')), one.of_table, one.of_column,
            CASE one.suffix WHEN 'like' THEN 'varchar_pattern_ops' ELSE '' END);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("channel", "0001_initial"),
        ("party", "0004_watch_list"),
        ("platform", "0010_next_no"),
        ("servicing", "0023_receipt_file_parts"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DROP, MAKE)],
            state_operations=[
                migrations.AlterField(
                    model_name="instalment",
                    name="loan",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="instalments",
                        to="servicing.loan",
                    ),
                ),
                migrations.AlterField(
                    model_name="loan",
                    name="customer",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="party.customer",
                    ),
                ),
                migrations.AlterField(
                    model_name="loan",
                    name="dealer",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channel.dealer",
                    ),
                ),
                migrations.AlterField(
                    model_name="loan",
                    name="department",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platform.department",
                    ),
                ),
                migrations.AlterField(
                    model_name="loan",
                    name="disbursed_on",
                    field=models.DateField(),
                ),
                migrations.AlterField(
                    model_name="loan",
                    name="legal_entity",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platform.legalentity",
                    ),
                ),
                migrations.AlterField(
                    model_name="loan",
                    name="owner",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platform.employee",
                    ),
                ),
                migrations.AlterField(
                    model_name="receipt",
                    name="loan",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="servicing.loan",
                    ),
                ),
                migrations.AlterField(
                    model_name="receipt",
                    name="part_of",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="servicing.receipt",
                    ),
                ),
                migrations.AlterField(
                    model_name="receipt",
                    name="payoff_quote",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="servicing.payoffquote",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(
                condition=models.Q(("payoff_quote", None), _negated=True),
                fields=["payoff_quote"],
                name="receipt_of_quote",
            ),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(
                condition=models.Q(("part_of", None), _negated=True), fields=["part_of"], name="receipt_parts"
            ),
        ),
    ]
