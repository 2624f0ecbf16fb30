"""The heart: view rights and every use case that changes a fact they rest on."""
