"""One look for all our workbooks: roles, not cells. Colours keep their order of darkness in greyscale."""

from __future__ import annotations
