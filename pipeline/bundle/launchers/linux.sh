#!/bin/sh
# Nearly all is said by Python.
unset PYTHONHOME PYTHONPATH
export PYTHONUTF8=1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
run="$here/app/run.py"

say() {
    printf '\n%s\n' "$1"
    if [ -t 0 ]; then
        printf '%s' '@PRESS_ENTER@'
        read -r _
    fi
}

if [ ! -f "$run" ]; then
    say '@NOT_UNPACKED@'
    exit 3
fi
names=python3
for version in @VERSIONS@; do names="$names python$version"; done
for python in "$here/app/python/bin/python3" $(for name in $names; do command -v "$name"; done); do
    if "$python" "$run" --fits >/dev/null 2>&1; then
        "$python" "$run" @ACTION@
        code=$?
        case $code in
            0 | 2) ;;
            *) say "@CRASHED@$code" ;;
        esac
        exit $code
    fi
done
say '@NO_PYTHON@'
exit 4
