"""Recipes that make the bundled English models from openly licensed treebanks."""
