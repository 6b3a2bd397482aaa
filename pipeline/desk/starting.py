"""The start: set up where that is not done, do what the launcher is for, and end with a word and a key.

Whatever happens is one sentence and a line in the log; a window that closes by itself tells nobody anything.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline import machine
from pipeline.commands.console import speaking
from pipeline.desk.log import note, where_of
from pipeline.desk.settings import Settings, keep_settings, read_settings
from pipeline.desk.unpacking import make_ready
from pipeline.errors import EXIT_DONE, EXIT_NOTHING_DONE, OperatorError, not_written
from schemas import desk_words as words

APP = "app"  # below the program's folder


def start(action: str, home: Path) -> int:
    """Do what a launcher is for, in the folder `home` of the program; return 0, or 2 where it could not be done."""
    with speaking():
        log = home / APP / words.LOG_FILE
        code = guarded(action, log, lambda: _whole(action, home, log))
        if action in words.ACTIONS and (code or action != "start"):
            print(words.PRESS_KEY, flush=True)
            machine.wait_for_key()
    return code


def _whole(action: str, home: Path, log: Path) -> int:
    set_up(home / APP)
    settings = _settings(home)
    if action != "start":
        return _do(action, settings)
    from pipeline.desk.actions import ask_action

    while chosen := ask_action(settings):
        guarded(chosen, log, lambda wanted=chosen: _do(wanted, read_settings(home)))  # type: ignore[misc]
        settings = read_settings(home)
    return EXIT_DONE


def _do(action: str, settings: Settings) -> int:
    from pipeline.desk.actions import ACTIONS

    ACTIONS[action](settings)
    return EXIT_DONE


def _settings(home: Path) -> Settings:
    """Return the settings; a new folder is given its places first. Raises OperatorError."""
    settings = read_settings(home)
    if not (home / words.SETTINGS_FILE).exists():
        for place in (settings.input, settings.output):
            place.mkdir(parents=True, exist_ok=True)
        keep_settings(settings)
    return settings


def set_up(app: Path) -> None:
    """Have the libraries laid and found, by this process and by those that it starts. Raises OperatorError."""
    told: list[int] = []

    def tell(percent: int) -> None:
        if not told:
            print(words.SETTING_UP, flush=True)
        if not told or percent >= told[-1] + 10:
            told.append(percent)
            print(words.SET_UP_PART.format(percent=percent), flush=True)

    libraries = make_ready(app, tell)
    if told:
        print(words.SET_UP_DONE, flush=True)
    found = [str(Path(__file__).parents[2]), str(libraries)]
    os.environ["PYTHONPATH"] = os.pathsep.join(found)
    os.environ["PYTHONNOUSERSITE"] = "1"
    sys.path[:0] = [path for path in found if path not in sys.path]
    sys.path_importer_cache.clear()  # where nothing was a moment ago, something is now


def guarded(action: str, log: Path, step: Callable[[], int]) -> int:
    """Do a step; say its trouble in one sentence, note how it ended, and return its exit code."""
    since = time.monotonic()
    code, sentence, how = EXIT_NOTHING_DONE, "", ""
    try:
        code = step()
    except OperatorError as trouble:
        sentence, how = str(trouble), "nothing done"
    except KeyboardInterrupt:
        sentence, how = words.STOPPED, "stopped"
    except MemoryError:
        sentence, how = words.TOO_LITTLE_MEMORY, "out of memory"
    except OSError as trouble:
        sentence, how = str(not_written(trouble, trouble.filename or Path())), where_of(trouble)
    except ImportError as trouble:
        sentence, how = words.NOT_LOADED.format(log=log), where_of(trouble)
    except Exception as trouble:
        sentence, how = words.UNEXPECTED.format(log=log), where_of(trouble)
    if sentence:
        print(sentence, file=sys.stderr, flush=True)
    note(log, action, how or "done", time.monotonic() - since)
    return code
