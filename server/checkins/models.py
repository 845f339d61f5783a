"""What checkins keeps."""
