"""The Python host. It knows no trigger: it loads code, builds `api` from the method list it is sent,
runs a handler, and carries calls and console lines over a pipe of its own (one JSON object a line).

It runs isolated (`-I -S`) and imports nothing of the program: only the standard library. One package
with an unusual name holds all of it, so that no import of an Action can meet it.
"""
