"""YAML with the place of every value: parsed by PyYAML's composer, with nothing guessed about types.

In: a `Source`. Out: `Value` trees of mappings, lists and texts, all still as typed; `schema` decides what they are.
This is the only room that knows YAML.
"""

from builder.sources.yaml.bounds import MAX_DEPTH
from builder.sources.yaml.reading import dump, load_plain, parse
from builder.sources.yaml.values import Located, Path, Value, place_in

__all__ = ["MAX_DEPTH", "Located", "Path", "Value", "dump", "load_plain", "parse", "place_in"]
