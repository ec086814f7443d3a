"""Use cases: what the workbench and the command line both do, put together from the parts below."""
