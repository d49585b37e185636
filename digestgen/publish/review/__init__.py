"""The review page: what may need a decision by the curator."""
