"""How a row of the editor gets on the screen: layers say what is where, one painter puts them together."""
