"""Covers and news pictures drawn by the demonstration loader: cut paper from shapes, no photographs."""
