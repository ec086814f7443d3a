"""The Action that attacks. Its packages hold the attacks."""

import json
import os
import tempfile

import attack_files
import attack_others
import attack_programs
from attack import ATTACKS, attempt

MODULES = (attack_files, attack_programs, attack_others)


def on_execute_post_login(event, api):
    home = tempfile.mkdtemp()
    for name in event.names:
        os.chdir(home)
        print(json.dumps([name, attempt(ATTACKS[name], event.at)]))
