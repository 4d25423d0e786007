"""Lists of accounting."""

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from axle.accounting import permissions
from axle.accounting.http.api import api
from axle.accounting.models import PeriodAct, PostingRule, RuleState, Voucher
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor

_VOUCHER_NO = Case(
    When(number=None, then=Value("")),
    default=Concat(F("word"), Value("-"), Cast("number", CharField())),
    output_field=CharField(),
)


def _vouchers(actor: Actor) -> QuerySet[Voucher]:
    rows = Voucher.objects.annotate(voucher_no=_VOUCHER_NO)
    return actor.scope(permissions.VOUCHER_VIEW).filter(rows, department=None, owner=None)


def _rules(actor: Actor) -> QuerySet[PostingRule]:
    return actor.scope(permissions.POSTING_RULE_VIEW).filter(PostingRule.objects.all(), department=None, owner=None)


def _acts(actor: Actor) -> QuerySet[PeriodAct]:
    return actor.scope(permissions.PERIOD_CLOSE).filter(PeriodAct.objects.all(), department=None, owner=None)


api.listing(
    Listing(
        name="vouchers",
        is_growing=True,
        permission=permissions.VOUCHER_VIEW,
        queryset=_vouchers,
        columns=[
            Col("booked_on", "date", source="entry__booked_on"),
            Col("voucher_no", is_sortable=False),
            Col("entry_no", source="entry__entry_no"),
            Col("summary", source="entry__summary"),
            Col("amount", "money", source="entry__amount"),
            Col("kind", "enum", source="entry__kind", enum="MoneyEventKind"),
            Col("period", "integer"),
            Col("word", "enum", enum="VoucherWord", choices=["记", "收", "付", "转"]),
            Col("number", "integer", is_hidden=True),
            Col("is_red", "bool", source="entry__is_red"),
            Col("value_on", "date", source="entry__value_on", is_hidden=True),
            Col("maker", source="entry__maker__display_name"),
            Col("checker", source="entry__checker__display_name"),
            Col("legal_entity", source="legal_entity__name", is_sortable=False),
            Col("legal_entity_id", "integer", is_hidden=True),
            Col("source_type", "enum", source="entry__source_type", enum="Subject", is_hidden=True),
            Col("posted_at", "datetime", source="entry__posted_at", is_hidden=True),
        ],
        search=["entry__entry_no", "entry__summary", "entry__event_no"],
        filters=["booked_on", "period", "kind", "word", "is_red", "legal_entity_id", "amount"],
        totals=["amount"],
        default_sort="-id",
        row_link="/finance/vouchers/{entry_no}",
        toolbar=["voucher_create"],
    )
)

api.listing(
    Listing(
        name="posting_rules",
        permission=permissions.POSTING_RULE_VIEW,
        queryset=_rules,
        columns=[
            Col("kind", "enum", enum="MoneyEventKind"),
            Col("version", "integer"),
            Col("state", "enum", enum="RuleState", choices=RuleState.values),
            Col("effective_from", "date"),
            Col("legal_entity", source="legal_entity__name"),
            Col("made_by"),
            Col("made_at", "datetime"),
            Col("activated_by"),
        ],
        search=["kind"],
        filters=["kind", "state", "effective_from"],
        default_sort="kind",
        row_link="/finance/posting-rules/{id}",
        toolbar=["posting_rule_create"],
    )
)

api.listing(
    Listing(
        name="period_acts",
        permission=permissions.PERIOD_CLOSE,
        queryset=_acts,
        columns=[
            Col("at", "datetime"),
            Col("legal_entity", source="legal_entity__name"),
            Col("legal_entity_id", "integer", is_hidden=True),
            Col("period", "integer"),
            Col("act", "enum", enum="PeriodActKind", choices=["close", "reopen"]),
            Col("maker", source="maker__display_name"),
            Col("checker", source="checker__display_name"),
            Col("reason"),
        ],
        filters=["legal_entity_id", "period", "act"],
        default_sort="-id",
    )
)
