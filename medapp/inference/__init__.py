"""Encode, infer, decode: one program for every model folder."""
