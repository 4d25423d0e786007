"""What stands around the application on one machine: folders, Node, the console build, PostgreSQL, processes.

Everything here may be interrupted at any moment and run again: results are renamed into place or stamped
last, locks die with their holder, and children die with their parent. What cannot be put right by itself
raises ``SetupFailed`` with one line for the person and a way on. Nothing here imports a context.
"""
