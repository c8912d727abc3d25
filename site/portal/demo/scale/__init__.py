"""A generated bank of any size, for trying the portal's speed."""
