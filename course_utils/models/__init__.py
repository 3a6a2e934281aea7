"""The models of the course, one file each: equations as derived, and the plain algorithm."""
