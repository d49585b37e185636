"""Quality and cost, measured against baselines."""
