"""The peer of the journal: pymerkle over SQLite with a commit for each entry, and in memory. Installed by the caller from PyPI."""
import os
import tempfile
import time

from pymerkle import InmemoryTree, SqliteTree

ENTRY = b"x" * 200


def rate(tree, seconds=5):
    """Appends per second for a while."""
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        tree.append_entry(ENTRY + str(count).encode())
        count += 1
    return count / (time.perf_counter() - start)


with tempfile.TemporaryDirectory() as folder:
    print(f"pymerkle in memory           {rate(InmemoryTree(algorithm='sha256')):9.0} /s")
    print(f"pymerkle SQLite, each commit {rate(SqliteTree(os.path.join(folder, 'm.db'), algorithm='sha256')):9.0} /s")
