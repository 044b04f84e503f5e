"""Images: what may be in one, and everything that is asked of one, answered in a single place.

In: the name and the bytes of an image file. Out: the image as it is published and printed. Touches nothing.
"""
