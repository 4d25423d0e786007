"""``python -m axle <command>``."""

import sys

from axle.config.cli.table import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
