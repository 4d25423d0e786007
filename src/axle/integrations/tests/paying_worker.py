"""A worker that sends one payment order: ``python -m axle.integrations.tests.paying_worker URL KEYS ORDER_NO``."""

import sys
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()
    from axle.integrations.public import bank_sandbox
    from axle.payments.ports import bank_gateway_install
    from axle.payments.services.payout_send import payout_send

    url, keys, order_no = sys.argv[1:]
    adapter = bank_sandbox(sandbox_url=url, own_url="http://127.0.0.1:9", keys=Path(keys))
    bank_gateway_install("bank_sandbox", adapter)
    payout_send(order_no=order_no)
