"""Exports of energy suppliers and distributors."""
