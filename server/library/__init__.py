"""The content people read: checked, loaded and rendered; other rooms call `service` only."""
