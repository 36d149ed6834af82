"""The coach that stays: after the run, the next morning, on rest days, every week, and through pauses."""
