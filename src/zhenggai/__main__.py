"""`python -m zhenggai`: the same program as the console script."""

from zhenggai.cli.app import run

run()
