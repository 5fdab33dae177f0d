"""The glossary (ordliste): its page from A to Å, and its words wherever texts use them."""
