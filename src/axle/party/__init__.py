"""Party: the people whom the institution lends to, once each, whatever they apply for.

Owns customers (individuals), their contacts and bank cards, the search for duplicates, and the only ways to see
personal data in full.

Invariants:
- one customer per resident id (keyed hash, unique in the database); gender and birthday come from the id and are
  never entered;
- id numbers, phones, addresses, card numbers and contacts' phones are stored encrypted and leave masked;
  ``customer_private`` gives them in full to a person who may and says why, and every time is in the operation log;
- a bank card passes the Luhn check and is no credit card; a customer has at most one default card, and it is active;
- a form that was opened before the last change is refused (``version``);
- a dealer sees a customer only when the customer came through that dealer.

Events out: ``CustomerChanged`` (same transaction). Events in: none. Entered by ``public``.
"""
