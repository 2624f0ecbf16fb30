"""People who visit the portal's pages, all at once, over a register and a log as large as a region's."""
