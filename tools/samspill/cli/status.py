"""The exit status of the command: clean, a bug of ours, problems in the content, wrong usage, or stopped."""

CLEAN, BUG, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 3, 130
