"""The command line: ``./axle <command>``, a contract that scripts and benchmarks rely on.

``table`` names every command; each is a function of its arguments that gives the exit status: 0 success,
1 a failure told in one line, 2 a wrong call or a command that is not built yet.
"""
