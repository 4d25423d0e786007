"""How the command line says that it cannot go on: one line, and a way on."""

import errno


class SetupFailed(Exception):
    """Something outside the program stands in the way; ``way_on`` tells the person what to do."""

    def __init__(self, problem: str, way_on: str = "") -> None:
        self.problem, self.way_on = problem, way_on
        super().__init__(f"{problem}; {way_on}" if way_on else problem)


_EXPLAINED = {
    errno.ENOENT: ("no such file or folder", "check the name"),
    errno.EISDIR: ("this is a folder, not a file", "check the name"),
    errno.ENOSPC: ("the disk is full", "free some space and run the same command again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and run the same command again"),
    errno.EROFS: ("the folder is read-only", "set AXLE_VAR to a writable folder"),
    errno.EACCES: ("no permission", "change the owner, or set AXLE_VAR to a folder of yours"),
    errno.EPERM: ("no permission", "change the owner, or set AXLE_VAR to a folder of yours"),
    errno.EMFILE: ("too many open files", "raise the limit (ulimit -n 4096) and run the same command again"),
}


def explain(error: OSError) -> SetupFailed | None:
    """Give the plain line for an operating-system error that a person can put right, or nothing."""
    if error.errno not in _EXPLAINED:
        return None
    problem, way_on = _EXPLAINED[error.errno]
    where = f" ({error.filename})" if error.filename else ""
    return SetupFailed(f"{problem}{where}", way_on)
