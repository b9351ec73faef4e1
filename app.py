"""The page in the browser: ``python app.py``, the same as ``mukhtasar app``."""

import sys

from summarizer.cli import main

if __name__ == "__main__":
    sys.exit(main(["app", *sys.argv[1:]]))
