"""Integrations: adapters, one folder per outside party, each behind a port of the context that needs it.

Owns: ``bank_sandbox`` (``payments.ports.BankGateway`` in the manner of Chinese bank open platforms) and
``sms_gateway`` (``messaging.ports.SmsGateway``). ``public`` builds them from addresses and key files; only
``axle.config.wiring`` installs them, so switching to a real party is configuration.

Invariants:
- an adapter never guesses: a time-out, an unreadable reply, a wrong signature or a code that its table does
  not know is UNKNOWN, never failure and never success;
- a reply is verified over the raw text that arrived, never over text that was parsed and written again;
- every code of a party has one line in the adapter's table; nothing of a party's vocabulary gets past the
  port;
- keys are read from files and never logged, nor is any account number or phone.

Events: none. No tables.
"""
