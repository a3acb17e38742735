"""Painted and blitted charts; each says its whole sentence to a screen reader."""
