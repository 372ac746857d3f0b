"""`python -m zhenggai`: the same program as the console script."""

import sys

from zhenggai.cli.app import main

sys.exit(main())
