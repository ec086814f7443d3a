"""Starts the Python host: `python -I -S FOLDER READ WRITE SEAL`: the two descriptors of its pipe, and how
it is to be sealed."""

import sys

if __name__ == "__main__":
    from actionsmith_host.seal import seal

    read, write, settings = sys.argv[1:]
    seal(settings)
    del sys.argv[1:]  # nothing of an Action's business

    from actionsmith_host.program import main

    del sys.path[0]  # this folder: an Action imports nothing from here
    main(int(read), int(write))
