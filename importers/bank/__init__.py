"""Exports of banks."""
