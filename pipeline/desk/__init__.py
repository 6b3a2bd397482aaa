"""What stands behind a double-click: a folder that sets itself up, asks little, shows what it does and where it is.

Nothing here may be imported from what has to be installed before `unpacking` has laid it there; `run.py` of the bundle
(`pipeline/bundle/launchers/`) asks `starting.start` alone.
"""
