"""The one place that opens an ONNX graph."""
