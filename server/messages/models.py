"""What messages keeps."""
