"""What `make bundle` builds: a folder, and a zip of it, that runs by a double-click where there is no network.

`python -m pipeline.bundle` puts it together from the lock; what runs in it afterwards is `pipeline/desk`.
"""
