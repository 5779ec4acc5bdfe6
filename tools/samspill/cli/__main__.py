"""The command as `python -m samspill.cli`."""

from samspill.cli import program

if __name__ == "__main__":
    program()
