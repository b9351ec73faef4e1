"""How good is it, is it better than the simple thing, did this change make it worse. Start with README.md."""
