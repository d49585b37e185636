"""Pure composition: seeds in, digest and ledger out.

::

    seeds → articles → groups → entries and topics → digest
                                                     ↑ invariants

Each step returns a finished frozen value that the next one takes. The curator's word enters where it applies: on what
is public (``curate.visibility``), on where an article stands (``groups``), on what is said of it (``entries``).
"""
