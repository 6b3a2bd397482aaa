"""The notice as a file: what it says, on the bureau's own template or the one that comes with the program."""

from __future__ import annotations

from pathlib import Path

from pipeline.county.district import District
from pipeline.county.notice import Heading, notice
from pipeline.errors import OperatorError, reason_of
from schemas import county_notice_words as w

_LARGEST = 20_000_000  # bytes of a template


def notice_of(district: District, heading: Heading, template: Path | None) -> bytes:
    """Return the notice as a Word document. Raises OperatorError where the template is none."""
    from pipeline.county.notice_document import filled  # Word is spoken only where there is something to write
    from pipeline.county.notice_template import standard_template

    content = _read(template) if template else standard_template()
    name = template.name if template else w.TEMPLATE_FILE
    return filled(content, notice(district, heading), name, district.day)


def refuse_template(template: Path | None) -> None:
    """Let nothing begin that would end at the bureau's template. Raises OperatorError."""
    if template:
        from pipeline.county.notice_document import opened

        opened(_read(template), template.name)


def _read(template: Path) -> bytes:
    try:
        if template.stat().st_size > _LARGEST:
            raise OperatorError(w.BAD_TEMPLATE.format(name=template.name))
        return template.read_bytes()
    except OSError as trouble:
        raise OperatorError(w.BAD_TEMPLATE.format(name=f"{template.name} {reason_of(trouble)}")) from None
