"""The `samspill` command: parse, call, print, exit status.

Exit status: 0 clean, 1 a bug of ours, 2 problems in the content, 3 wrong usage or configuration.
"""

from samspill.cli.run import main, program
from samspill.cli.usage import parser

__all__ = ["main", "parser", "program"]
