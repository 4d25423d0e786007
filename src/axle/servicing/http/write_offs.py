"""Loans that may be written off: the list from which write-offs are asked for."""

from axle.platform.listing import Col, Listing
from axle.servicing import permissions as may
from axle.servicing.domain.write_offs import WriteOffGround
from axle.servicing.http.base import api
from axle.servicing.models import Carrying, RiskClass
from axle.servicing.selectors.write_offs import write_off_candidates

_GROUNDS = [ground.value for ground in WriteOffGround]

api.listing(
    Listing(
        name="write_off_candidates",
        is_growing=True,
        permission=may.CHANGE_VIEW,
        queryset=write_off_candidates,
        columns=[
            Col("loan_no"),
            Col("contract_no"),
            Col("customer_name", source="customer__name"),
            Col("product_code"),
            Col("risk_class", "enum", enum="RiskClass", choices=RiskClass.values, is_sortable=False),
            Col("carrying", "enum", enum="Carrying", choices=Carrying.values),
            Col("next_unpaid_due_on", "date"),
            Col("days_past_due", "integer", is_sortable=False),
            Col("principal_balance", "money"),
            Col("ground", "enum", enum="WriteOffGround", choices=_GROUNDS, is_sortable=False),
            Col("is_evidenced", "bool", is_sortable=False),
        ],
        search=["loan_no", "contract_no", "customer__name"],
        filters=["product_code", "risk_class", "is_evidenced", "principal_balance"],
        totals=["principal_balance"],
        default_sort="next_unpaid_due_on",
        row_link="/loan/loans/{loan_no}",
        row_actions=["write_off_request"],
    )
)
