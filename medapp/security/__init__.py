"""Keys, roles and seals: who may open the store, who may do what, and what cannot be altered unseen."""
