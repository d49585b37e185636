"""The curator's decisions, and the ledger of what earlier editions published."""
