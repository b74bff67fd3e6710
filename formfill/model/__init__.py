"""The types that cross the program: frozen dataclasses, standard library only."""
