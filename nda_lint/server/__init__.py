"""The language server: what an editor shows of a contract while it is written.

The way of a key::

    change → documents (the text) → checking (findings, with what is known of the text) → diagnostics

What is asked at a place (hover, completion, names, outline, actions) is a plain function of a
:class:`~nda_lint.server.view.View`, the contract as it is read at that moment; `application.py` alone knows of
pygls, and runs them. Places are character offsets everywhere but in `positions.py`.
"""
