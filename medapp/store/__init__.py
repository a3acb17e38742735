"""The encrypted memory: one SQLCipher file, its search index, its audit chain, its backups."""
