"""Mail: files of other programs become batches of domain rows, leniently and with every deviation named."""
