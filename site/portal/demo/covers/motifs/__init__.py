"""The motifs, by theme; importing this package registers all of them."""

from portal.demo.covers.motifs import art, knowledge, land, people, speech, sport, town, work

__all__ = ["art", "knowledge", "land", "people", "speech", "sport", "town", "work"]
