"""Sandbox: simulators of the outside parties, speaking their real wire protocols in a process of its own.

Owns a bank (signed gateway: payout, query, statement, balance, asynchronous call-backs), an SMS gateway
(signed sends, status reports, an outbox that tests and the demo read) and the place where a time-stamp
authority is mounted. It runs as ``python -m axle.sandbox`` and shares nothing with the product but the
wire: it signs and verifies with its own code, keeps its own SQLite state under ``AXLE_VAR/sandbox`` and
knows no loan. (The time-stamp authority is the one exception: it comes from ``axle.documents.ports``.)

Invariants:
- one ``out_trade_no`` is paid at most once, however often it is submitted;
- what was accepted survives ``kill -9``: payouts, entries and call-backs that are still due are rows,
  written before the reply goes out;
- a balance is the opening balance plus the sum of its entries;
- how a payout ends is chosen by the payee account's suffix or by a control rule, never by chance.

Everything under ``/control`` is the puppeteer's side: it does not exist at a real party, and the product
never calls it.
Events: none in, none out. Environment: ``AXLE_VAR``, ``AXLE_SANDBOX_HOST``, ``AXLE_SANDBOX_PORT``,
``AXLE_SANDBOX_DELAY_SECONDS`` (how long a normal payout stays in processing), ``AXLE_SANDBOX_MANUAL``
(``1``: nothing settles and no call-back leaves until ``POST /control/run``).
"""
