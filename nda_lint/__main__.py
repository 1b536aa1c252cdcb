"""``python -m nda_lint``."""

import sys

from nda_lint.quick import main

if __name__ == "__main__":
    sys.exit(main())
