"""`make guides`: draw again the pictures whose sheets have changed, and print the teacher's guide where it has."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from guides import kept
from guides.books import write_books
from guides.drawing import draw, lacking, to_pdf
from guides.pictures import ENDING, PICTURES
from guides.printing import write_document
from guides.shown import hashes


def main() -> int:
    """Return 0 when all is current."""
    if missing := lacking():
        print(f"缺少 {'、'.join(missing)}（LibreOffice、poppler-utils），图没有画。", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        books = write_books(folder)
        now, before = hashes(books), kept.read()
        changed = [p for p in PICTURES if before.get(p.name) != now[p.name] or not kept.is_there(p.name)]
        if changed:
            scratch = folder / "scratch"
            scratch.mkdir()
            draw(changed, books, kept.PICTURES_AT, scratch)
        for path in kept.PICTURES_AT.glob(f"*{ENDING}"):
            if path.stem not in now:
                path.unlink()
        printed = kept.hash_of_printed()
        is_new = before.get(kept.PRINTED.name) != printed or not kept.PRINTED.is_file()
        if is_new:
            print_guide(folder)
        kept.write(now | {kept.PRINTED.name: printed})
    print(f"重画 {len(changed)} 张图，共 {len(PICTURES)} 张；{kept.PRINTED.name}{'已重印' if is_new else '没有变'}。")
    return 0


def print_guide(scratch: Path) -> None:
    """Print the teacher's guide beside it."""
    document = scratch / f"{kept.PRINTED.stem}.docx"
    write_document(kept.guide(kept.PRINTED.stem), kept.DOCS, document)
    (pdf,) = to_pdf([document], scratch)
    kept.PRINTED.write_bytes(pdf.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
