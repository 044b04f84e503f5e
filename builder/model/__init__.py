"""The typed value of a curriculum, its cohorts and its conversations: frozen dataclasses. Nothing here reads a file."""
