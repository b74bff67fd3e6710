"""Our own files, forms and référentiels in TOML: checked, resolved and compiled. The only place that knows how they are written.

``check`` reports every mistake with its line, ``compile`` turns the files into the JSON that the program loads, ``build`` makes the
model types out of that JSON. Importing this package imports nothing: pydantic is loaded by ``schema`` only.
"""
