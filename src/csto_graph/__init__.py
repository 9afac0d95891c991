"""csto-graph: texts about collective security as a knowledge graph whose every fact can be traced to its words."""

__version__ = "0.1.0"
