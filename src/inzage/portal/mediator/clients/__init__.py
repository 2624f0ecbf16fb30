"""One client as a desk of VDAB sees it: who may look and why, and what a mediator changes in that."""
