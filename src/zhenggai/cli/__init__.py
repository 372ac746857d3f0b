"""The command line: one module per command, and the only place that prints."""

import gc

# A run makes what it needs and ends. Looking for garbage at every 700 new things, as Python does
# unless told otherwise, would take a tenth of the start; memory stays bounded this way too.
gc.set_threshold(100_000)
