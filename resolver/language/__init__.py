"""What is known about the writing of names: scripts, cases, sounds, parts of names, numbers.

Tables lie beside the code, one text file each, read by `resolver.language.tables`.
"""
