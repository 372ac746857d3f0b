"""`python -m zhenggai`: the same program as the console script."""

import sys

from zhenggai.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
