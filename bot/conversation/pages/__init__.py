"""What the log looks like: the chart, and the page for a physio."""
