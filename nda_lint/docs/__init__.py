"""The documentation that is made from the code: what a page says of the language is read from its tables.

``python -m nda_lint.docs`` (``make docs``) writes every page of :func:`nda_lint.docs.pages.pages` anew, and
``tests/test_docs.py`` fails where one of them is not as it would be written. None of this is part of an installed
tool.
"""
