"""Recipes: each answers one question of everyday life from rows that queries found (SVC-21)."""
