"""Sources: what the institution asks others about an applicant and a car before it decides (外部数据源).

Owns the declarations of the sources (what each needs, on which legal basis, how long an answer holds, what it
costs, how long it may take), consents, enquiries (one round of questions about one case) and every single call with its
answer, the circuit breakers, and the reading of credit reports. It knows no loan: a case is a handful of particulars.

Invariants
- A call is on record, with its consent, before it leaves; without the consent that its source needs it never leaves.
- An answer is a hit or "no record". Whatever else happens (late, failed, refused by the breaker, unreadable) is no
  answer, with its reason, and never reads as "nothing found".
- Raw answers are kept encrypted; what rules and people see is a typed summary without name, id number, phone or card.
- A repeated request number is the same question: it is asked again after a crash and is billed once.
- An answer is used again only for the same person or car under a consent that still holds, within its age.

Events out and in: none; the context above asks and decides.
"""
