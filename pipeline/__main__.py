"""Let `python -m pipeline` be the same as `guanai`."""

import sys

from pipeline.cli import main

sys.exit(main())
