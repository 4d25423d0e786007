"""Origination (进件到放款): applications, their review, the contract and its disbursement.

Owns applications with their rounds of submission and consent letters, contracts with their signing, approvals that are
held for another look, disbursements with their conditions precedent. Decides nothing by itself: ``decisioning``
answers, people review in ``workflow``, ``documents`` renders and signs, ``payments`` pays.

Invariants
- An application moves only along ``domain/lifecycle``; every submission is a round, and rounds are kept.
- A skipped check never approves: whatever the decision does not clearly approve or decline goes to people.
- Anything that touches amount, term, vehicle or party after submission takes a new round and a new decision.
- One contract in force of signing per application; its terms are a snapshot that equals the approved terms.
- A signed contract's PDF is the one whose hash is in the evidence; it changes only by voiding the whole.
- A disbursement pays the contract's principal to the dealer's account, once per vehicle, after all
  conditions hold, registered by one person and reviewed by another who keys the account's last digits.

Events out: ApplicationSubmitted, ApplicationDecided, ContractSigned, ContractDisbursed (same transaction).
Events in: decisioning.CalibrationActivated, StrategyActivated; workflow.TaskOpened, TaskCompleted, ProcessCompleted;
documents.DocumentRecognised; payments.PayoutSucceeded, PayoutFailed.
"""
