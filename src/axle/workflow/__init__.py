"""Workflow (流程): BPMN processes and the tasks that people do in them. Knows no loan.

Owns process definitions (BPMN 2.0 files in versions), running processes, human tasks and their history.
SpiffWorkflow moves the tokens (``domain/engine``); everything that people see or ask for — inbox,
assignment, four-eyes, service times, timeline — is in our own tables.

Invariants
- Only a definition without findings (``domain/linting``) is published; a published file never changes.
  It contains no scripts, services or calls; conditions are our own typed language (``domain/conditions``).
- A running process keeps the definition version that it started with.
- Active tasks of a process = user tasks where its tokens wait (``checks``).
- A task is done once, by the person who holds it, with an action that its node offers; whoever a node's
  four-eyes rule bars can neither claim, receive nor complete it.
- Steps of a task are append-only: every hop and every opinion stays.
- One running process per definition and subject. A process row is locked before any of its tasks.

Events out (same transaction): TaskOpened, TaskCompleted, ProcessCompleted. Events in: none; whoever owns
the subject starts processes, and refuses a completion by raising from its TaskCompleted handler.
"""
