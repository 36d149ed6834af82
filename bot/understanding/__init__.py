"""Reading runners' own words: free text in, facts with their quotes out. Pure."""
