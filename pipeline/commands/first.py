"""`guanai start`: the first month's workbooks from what the school has already."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.asked import month_of
from pipeline.errors import EXIT_DONE, OperatorError, not_readable
from schemas import next_month_words as next_words
from schemas import start_words as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Month
    from pipeline.starting.start import Started


def start_month(options: argparse.Namespace) -> int:
    """Write every class's workbook, the school's, and 对照.xlsx. Raises OperatorError."""
    from pipeline.keeping.placing import place
    from pipeline.keeping.targets import refuse_file
    from pipeline.starting.start import start

    month = month_of(options.month)
    sources: Path | None = options.sources
    target: Path = options.output or Path("output") / words.FOLDER.format(month=month)
    refuse_file(target)
    if sources is not None and not sources.is_dir():
        raise OperatorError(words.NO_FOLDER.format(folder=sources))
    if sources is not None and sources.resolve() == target.resolve():
        raise OperatorError(words.SAME_FOLDER.format(folder=target))
    try:
        done = start(month, sources, target)
    except OSError as trouble:
        raise not_readable(trouble, sources or target) from None
    place(target, done.contents, is_ours=lambda path: path.name == words.MAPPING_FILE, remembers=True)
    _remove_old(target, done.contents, month)
    _tell(done, month, target)
    return EXIT_DONE


def _remove_old(target: Path, contents: Iterable[str], month: Month) -> None:
    """Remove the workbooks of classes that are none any more, where nobody has touched them."""
    from pipeline.keeping.placing import is_untouched

    for path in sorted(target.glob(next_words.FILE_NAME.format(class_name="*", month=month))):
        if path.name not in contents and path.is_file() and not path.is_symlink() and is_untouched(path):
            path.unlink()


def _tell(done: Started, month: Month, target: Path) -> None:
    for one in done.unread:
        print(words.UNREAD.format(name=one.name, because=one.because))
    for sentence in done.wrong:
        print(sentence)
    mapping = target / words.MAPPING_FILE
    if not done.class_count:
        print(words.NO_CLASSES.format(path=mapping))
        return
    told = {"month": month, "folder": target, "classes": done.class_count, "children": done.child_count}
    print(words.DONE.format(**told, cells=done.cell_count))
    if done.open_count:
        print(words.OPEN.format(count=done.open_count, path=mapping))
    if done.doubt_count:
        print(words.DOUBTS.format(count=done.doubt_count, path=mapping))
    if done.lacks_cover:
        print(words.LACKS_COVER.format(path=mapping))
    print(words.LOOK.format(path=mapping))
