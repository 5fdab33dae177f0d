"""«Avstander»: how far it is from the visitor's municipality to every city, and which band that is."""
