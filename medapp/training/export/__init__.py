"""Fitted estimators as ONNX graphs, all preparation of the input inside."""
