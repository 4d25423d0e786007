"""Messaging: text messages to people, and the codes by which they prove that a phone is theirs.

Owns message templates, messages with what became of them, and verification codes.

Invariants:
- a message is written in the transaction that needs it and sent after its commit, under a number by which the
  gateway sends at most once; a state only goes forward: queued → sent → delivered | undelivered, or failed;
- texts and phones are stored encrypted; a code is stored only as a keyed hash bound to purpose, phone and subject;
- a code works once, for a few minutes, and only the newest one; every attempt counts, also when the transaction
  around it is rolled back; how often codes are sent to a phone is limited;
- a status report counts only with the gateway's signature, and changes a message once.

Events: none. Ports: ``SmsGateway``. Entered by ``public``.
"""
