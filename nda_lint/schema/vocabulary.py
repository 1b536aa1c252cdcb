"""The vocabulary of norms: ids by word class, in an *is-a* order.

A line is ``id`` or ``id < parent, parent``: whoever speaks of the parent speaks of the id too.
``E12`` after a bar names the leaves of the catalogue of contract contents that norms with this word hold.
The words of each language stand in `names/*.toml` under the same class and id.
"""

from __future__ import annotations

WORDS: dict[str, str] = {
    "action": """
        use | E11 E48 E50
        evaluate < use
        analyse < use
        process < use | E8
        combine < use
        trade < use | E50
        disclose | E12 E49
        provide < disclose | E12
        transfer < disclose | E12
        publish < disclose | E12
        discuss < disclose | E12
        sell < transfer
        report < disclose | E12
        submit < provide
        issue < provide
        send < provide
        send_encrypted < send
        export < transfer
        access | E14 E43 E44 E45
        copy
        record < copy
        modify
        develop
        reverse_engineer | E48
        disassemble < reverse_engineer
        remove_markings
        store
        retain < store | E18
        back_up < store | E37
        encrypt < protect | E41
        protect | E13
        de_identify < protect
        anonymise < de_identify
        subcontract
        prevent
        take
        lock_up < protect | E38
        segregate < protect
        return | E18
        destroy | E18
        delete < destroy
        return_copies < return
        stop_using | E18
        certify | E18
        confirm < certify
        notify | E12 E59
        cooperate | E8
        train | E15
        log | E51
        mark | E42
        reduce_to_writing
        designate < mark
        classify
        approve | E52
        request
        consent
        limit
        supervise | E55
        ensure_compliance < supervise
        audit | E51 E56
        inspect < audit
        review
        audit_internally < review
        restrict_access < limit | E14
        revoke_access < limit | E47
        revoke
        sign
        complete
        acquire
        accept
        assign
        license
        terminate | E72
        renew
        amend
        waive | E12
        pay | E20
        compensate < pay
        indemnify < pay
        bear_costs < pay
        claim
        seek_relief < claim
        mitigate
        recover
        remedy
        negotiate | E22
        arbitrate
        sue
        compete | E48
        solicit | E48
        warrant
        proceed
        respond
        comply
        perform
        answer_for
        keep_secret < protect | E12
        keep_list < record
        disparage
        acknowledge
        appoint
    """,
    "object": """
        information
        data < information
        confidential_information < information
        technical_information < confidential_information
        source_code < technical_information
        formula < technical_information
        drawing < technical_information
        process_information < technical_information
        research_data < technical_information
        business_information < confidential_information
        customer_information < business_information
        customer_list < customer_information
        pricing < business_information
        plan < business_information
        financial_information < confidential_information
        trade_secret < confidential_information
        personal_information < information
        sensitive_personal_information < personal_information
        public_information < information
        third_party_information < confidential_information
        department_information < confidential_information
        derived_information < confidential_information
        direct_product < derived_information
        inside_information < confidential_information
        unauthorised_information < information
        state_secret < information
        document
        confidential_document < document
        business_document < document
        record < document
        certificate < document
        patent_application < document
        copy_of_information < document
        archival_copy < copy_of_information
        backup < copy_of_information
        sample
        equipment
        software
        technology
        product
        similar_product < product
        similar_concept
        similar_system
        similar_technique
        carrier
        register
        log_record
        training_record
        marking
        account
        access_right
        password
        name_and_marks
        agreement
        agreement_terms < confidential_information
        agreement_existence < confidential_information
        cover_page < document
        talks < confidential_information
        supplementary_agreement < agreement
        confidentiality_agreement < agreement
        right
        right_to_use < right
        intellectual_property < right
        licence < right
        claim
        duty
        confidentiality_duty < duty
        breach_liability
        legal_liability
        liability_sum
        loss
        indirect_loss < loss
        costs
        enforcement_costs < costs
        liquidated_damages < liability_sum
        securities
        law
        export_law < law
        securities_law < law
        violation_of_law
        crime < violation_of_law
        unlawful_acts_at_work < violation_of_law
        harassment < unlawful_acts_at_work
        discrimination < unlawful_acts_at_work
        working_conditions
        wages < working_conditions
        customer_review
        claim_facts
        settlement_amount
        claimant_identity
        complaint
        whistleblower_award
        right_to_report < right
        leak
        loss_of_information < leak
        breach_of_agreement
        act
        transaction
        business
        dispute
        court_order
        relief
        judgment
        marked_information < confidential_information
        possessed_information < confidential_information
        measures
        compliance
        consent
        permission
        written_consent < permission
        authority
        decision
        waiver
        invoice
    """,
    "person": """
        person
        each_party < person
        both_parties < person
        other_party < person
        breaching_party < person
        injured_party < person
        discloser < person
        recipient < person
        employee < person
        executive < employee
        designated_executive < executive
        director < executive
        department_head < employee
        designated_employee < employee
        employee_with_access < employee
        ordinary_employee < employee
        former_employee < person
        trainee < employee
        new_employee < employee
        contractor < person
        subcontractor < contractor, third_party
        agent < representative
        representative < person
        signatory < representative
        third_party < person
        partner < third_party
        supplier < third_party
        customer < third_party
        competitor < third_party
        investor < third_party
        lender < third_party
        acquirer < third_party
        adviser < third_party
        lawyer < adviser
        accountant < adviser
        auditor < adviser
        affiliate < third_party
        data_processor < third_party
        overseas_recipient < third_party
        authority < person
        court < authority
        regulator < authority
        police < authority
        arbitral_tribunal < authority
        securities_regulator < regulator
        foreign_authority < authority
        data_subject < person
        successor < person
        public < third_party
        shareholder < third_party
        ai_service < third_party
        visitor < third_party
        victim < person
        victim_support < third_party
        regulated_professional < third_party
        family_member < third_party
    """,
    "purpose": """
        agreement_purpose
        cooperation < agreement_purpose
        evaluation < agreement_purpose
        performance < agreement_purpose
        competitive_analysis
        personal_gain
        own_benefit
        third_party_benefit
        marketing
        trading_securities
        ai_training
        product_development
        reverse_engineering
        legal_compliance
        confidential_treatment
        backup
        training
        internal_management
        dispute_resolution
        professional_advice
        enforcement
        unlawful_purpose
        violating_securities_law < unlawful_purpose
        insider_trading < trading_securities, violating_securities_law
        data_subject_requests
        impact_assessment
    """,
    "event": """
        signing
        effective_date
        last_signature < signing
        last_signature_and_seal < last_signature
        disclosure
        oral_disclosure < disclosure
        first_disclosure < disclosure
        last_disclosure < disclosure
        receipt
        dispatch
        leak
        discovery_of_leak
        suspicion_of_leak < discovery_of_leak
        breach
        discovery_of_breach
        request
        written_request < request
        demand_of_authority
        notice
        consent
        termination
        expiry < termination
        rescission < termination
        end_of_cooperation
        decision_on_transaction
        written_decision_on_transaction < decision_on_transaction
        completion
        publication
        joining
        leaving
        transfer_of_post
        change
        dispute
        arbitration
        litigation
        creation
        access
        return
        destruction
        expiry_of_retention
        annual_review
        report_to_authority
    """,
    "condition": """
        consents_in_writing < consents
        consents_separately < consents
        consents
        requests
        requests_in_writing < requests
        instructs_in_writing < requests_in_writing
        needs_to_know
        bound_by_confidentiality
        bound_no_less_strictly < bound_by_confidentiality
        signs_agreement
        signs_supplementary_agreement < signs_agreement, bound_by_confidentiality
        approved < consents
        approved_in_writing < approved, consents_in_writing
        designated_in_writing
        required_by_law
        law_provides_otherwise
        agreement_provides_otherwise
        parties_agree_otherwise
        negotiation_fails
        required_by_court < required_by_law
        required_by_authority < required_by_law
        retention_policy
        barred_by_export_law
        legally_permitted
        practicable
        notified_beforehand
        notified_beforehand_where_lawful < notified_beforehand
        remains_liable
        cooperates
        anonymised
        encrypted
        registered
        in_breach
        materially_in_breach < in_breach
        terminated
        in_force
        cooperation_lasts
        employed
        public_no_fault
        trained
        holds_inside_information
        likely_to_trade
        merger_or_acquisition
        reorganisation
        transfer_of_business
    """,
    "means": """
        any_means
        reasonable_measures
        necessary_measures
        same_care_as_own
        not_less_than_reasonable_care
        strict_measures
        reasonable_efforts
        best_efforts
        good_faith
        encryption
        access_control
        email
        public_mailbox < email
        encrypted_email < email, encryption
        registered_mail
        courier
        instant_message
        public_cloud
        removable_media
        ai_tools
        undertaking
        written_signature
        physical_destruction
        locked_safe
        secure_deletion
        in_confidence
        oral
        electronic_form
        its_own_expense
        discloser_expense
    """,
    "vague": """
        periodically
        promptly
        immediately
        as_soon_as_possible
        some_time
        reasonable_period
        very_few
        several
        when_necessary
        from_time_to_time
        long_term
        appropriate_amount
        serious
        important
        in_advance
    """,
    "circular": """
        as_agreed
        agreed_purpose
        by_agreement_of_parties
        per_relevant_rules
    """,
}

#: Actions that cannot both be done to the same thing at one time; what is below excludes likewise.
EXCLUDED: tuple[tuple[str, str], ...] = (
    ("destroy", "retain"),
    ("destroy", "store"),
    ("destroy", "back_up"),
    ("return", "retain"),
    ("publish", "keep_secret"),
    ("encrypt", "publish"),
    ("mark", "remove_markings"),
    ("stop_using", "use"),
    ("terminate", "renew"),
)
#: Who may do the one to something for somebody lets this one do the other to it.
ENTAILED: tuple[tuple[str, str], ...] = (("disclose", "access"),)


def parse_words(table: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read one class: id → its ``parents`` and ``leaves``. Raises ValueError on an unknown parent."""
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in table.split("\n"):
        if not line.strip():
            continue
        head, _, leaves = line.partition("|")
        name, _, parents = head.partition("<")
        words[name.strip()] = {
            "parents": tuple(parent.strip() for parent in parents.split(",") if parent.strip()),
            "leaves": tuple(leaves.split()),
        }
    for name, word in words.items():
        for parent in word["parents"]:
            if parent not in words:
                raise ValueError(f"{name}: unknown parent {parent}")
    return words
