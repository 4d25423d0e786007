"""Payment histories of other servicers."""
