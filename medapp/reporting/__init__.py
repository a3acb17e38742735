"""What goes on paper: from nouns to pages of black on white, in either language, without Qt."""
