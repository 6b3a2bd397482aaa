"""Where the house, its templates and the tests' own inputs lie."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "input_templates"
FIELD = ROOT / "tests" / "field"
KEPT = ROOT / "tests" / "kept"
