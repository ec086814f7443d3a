"""Starts the Python host: `python -I -S FOLDER READ WRITE`, with the two descriptors of its pipe."""

import sys

if __name__ == "__main__":
    from actionsmith_host.program import main

    del sys.path[0]  # this folder: an Action imports nothing from here
    main(int(sys.argv[1]), int(sys.argv[2]))
