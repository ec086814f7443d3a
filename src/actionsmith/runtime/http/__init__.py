"""Outgoing HTTP of an Action: answers from a file instead of the network, and what was asked for."""
