"""``python -m digestgen``."""

import sys

from digestgen.cli import main

if __name__ == "__main__":
    sys.exit(main())
