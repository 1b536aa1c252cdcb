"""Contracts on which engine and oracle once disagreed, cut down to what showed it."""

from __future__ import annotations

import pytest
from oracle.compare import compare_text

HEAD = 'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\n'
TEXTS = {
    "an agreement in force from its last signature is in force from its signing": """
        clause dates
          signed: 2026-08-31
          effective: last signature
        clause term
          survival until: 2026-08-31
        clause duties
          Beta must not copy documents
          Beta may copy documents only if Acme consents
    """,
    "an end before the beginning is dropped, and what survives it is not": """
        clause dates
          signed: 2026-03-01
        clause term
          end date: 2026-02-01
          survival until: 2027-03-01
          surviving clauses: duties
        clause duties
          Beta must not copy documents
          Beta may copy documents after 2027-03-01
    """,
    "only by any means shuts out nothing": """
        clause duties
          Beta may copy documents only by any means
          Beta must copy documents for evaluation
    """,
    "only without anything behind it says nothing": """
        clause duties
          Beta must only retain documents
          Beta must not retain documents for evaluation
    """,
    "a must with two sorts of only is no duty": """
        clause duties
          Beta must not return documents to Acme for evaluation
          only Beta must return documents only by encryption
    """,
    "a term that means a purpose is a kind of it": """
        define "Project": evaluation
        clause duties
          Beta may use documents for "Project"
          Beta must not use documents for evaluation
    """,
    "both parties consent, not whoever acts": """
        clause duties
          Beta must not copy documents to customers only if both parties consent
          Beta may copy documents to customers unless Beta consents
    """,
    "access that follows is worse than a permission within a ban": """
        clause duties
          Beta may disclose documents to lawyers
          each party and lawyers must not access or disclose documents
    """,
    "two norms that restrict each other contradict each other once": """
        clause duties
          Beta may access technical information only for evaluation
          Beta may access technical information only if Acme consents
    """,
    "an amount to fill in counts from a day of the calendar": """
        clause duties
          each party must mark copies until termination within ____ quarters after 2026-03-01
          Acme must not mark copies
    """,
    "a norm that covers nothing does not yield to another": """
        clause duties @rest
          @a Beta must back up documents, notwithstanding @rest
          Beta must destroy documents 10 hours before signing for 10 years after signing
    """,
    "what covers nothing is the norm as written": """
        clause duties
          only Beta may destroy documents if this agreement has ended unless this agreement has ended
          Acme may destroy documents
    """,
    "who belongs to no party has employees of anybody": """
        clause duties
          persons must not keep secret information to its executives
          persons must keep secret information to partners' executives
    """,
    "each alternative of a choice is excluded by something that is required": """
        clause duties
          Beta must retain and delete documents
          Beta must retain or delete documents unless Acme consents in writing
    """,
    "persons left out are left out of those who give": """
        clause duties
          Beta must not acquire documents from third parties except customers
          Beta may acquire documents from customers
    """,
    "a term may mean persons that things are done to": """
        define "Staff": documents, Beta's employees
        clause duties
          Acme must train "Staff"
          Acme must not train employees
    """,
    "what is said twice alike is said": """
        clause dates
          signed: 2026-03-01
        clause term
          duration: 90 days
          duration: 90 days
        clause duties
          Beta may copy documents
          Beta must not copy documents after 2026-06-01
    """,
    "what is done is the same, however it is said": """
        clause duties
          Beta must copy Acme's archival copies or copies within 12 months after request
          Beta must copy copies within 2 weeks after request
    """,
    "whose deadline it is depends on who acts": """
        clause duties
          each party must return its documents within 10 days after the other party's request
          Beta must return Beta's documents within 20 days after Acme's request
    """,
    "two times of one sentence count together": """
        clause duties
          Beta must copy documents 3 days in advance 30 hours in advance
          Beta must copy documents 3 days in advance
          Beta must copy documents 3 days in advance 30 hours in advance
    """,
    "those who are left out of those who act are whoever the words name": """
        clause duties
          subcontractors must stop using documents except its subcontractors
          subcontractors may use documents
    """,
    "its affiliates are not all affiliates": """
        clause duties
          the other party's affiliates must destroy documents if they are trained
          affiliates must destroy documents only for evaluation unless its affiliates are trained
    """,
    "what survives for no time that is said survives for ever": """
        clause term
          surviving clauses: use
        clause use
          the recipient's employees may destroy documents after expiry
          each party must not destroy documents
    """,
    "two sorts of only shut out all that is not both": """
        clause duties
          Acme must evaluate documents only to Beta only for evaluation
          Acme must evaluate documents to customers for marketing
    """,
    "a term that means things is no action": """
        define "Papers": documents
        clause duties
          Beta must not "Papers" drawings
          Beta may "Papers" drawings
    """,
    "somebody's people are, whoever that is": """
        clause duties
          courts must evaluate documents with the breaching party's courts
          courts must not evaluate documents with courts
    """,
    "a term that means the recipient's employees means nobody else's": """
        define "Team": the recipient's employees
        clause duties
          Acme may store documents
          "Team" must not retain documents
          the recipient's employees may retain documents
    """,
    "a term for a party acts through its employees": """
        define "Team": Acme
        clause duties
          Acme's employees must not log documents
          "Team" must log documents
    """,
    "a term left out is left out where its meaning stands": """
        define "Team": lawyers
        clause duties
          Beta must not disclose documents to third parties except "Team"
          Beta may disclose documents to "Team"
    """,
}


@pytest.mark.parametrize("name", TEXTS)
def test_engine_and_oracle_agree(name: str) -> None:
    compared = compare_text(HEAD + TEXTS[name])
    assert compared.pairs > 0
    assert compared.disagreements == []
