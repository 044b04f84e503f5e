"""`python -m builder` is `curriculum`."""

from builder.cli import main

if __name__ == "__main__":
    main(prog_name="curriculum")
