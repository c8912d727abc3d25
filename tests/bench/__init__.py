"""What a page costs in processor time, as ratios to a Django «hello» under the same server: `make bench`."""
