"""Reports on paper: pages as pictures, a printer, a PDF file; black on white in every theme."""
