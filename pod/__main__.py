"""`python -m pod` is the command `pod`."""

import sys

from pod.cli import main

sys.exit(main())
