"""Making what is asked for: workers, kernels, the engine of the site, and what is kept from one build to the next."""
