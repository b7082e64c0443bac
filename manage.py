"""Django's commands, with the servers and keys that `kooperacja` provides."""

import sys

from kooperacja.__main__ import main

if __name__ == "__main__":
    main(["manage", *sys.argv[1:]])
