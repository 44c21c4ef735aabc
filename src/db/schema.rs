//! The tables as diesel sees them, one description for both databases. Kept by hand; the parity test
//! compares it with what the migrations make (`tests/it/schema_parity.rs`).

#![expect(missing_docs, reason = "the migrations explain tables and columns")]

diesel::table! {
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        payload -> Text,
        dedupe_key -> Nullable<Text>,
        state -> Text,
        priority -> BigInt,
        run_at -> BigInt,
        attempts -> BigInt,
        max_attempts -> BigInt,
        lease_owner -> Nullable<Text>,
        lease_until -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    settings (key) {
        key -> Text,
        value -> Text,
        updated_at -> BigInt,
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}
diesel::table! {
    desks (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
    }
}

diesel::table! {
    organisations (id) {
        id -> BigInt,
        parent_id -> Nullable<BigInt>,
        customer_id -> BigInt,
        kind -> Text,
        code -> Text,
        name -> Text,
        path -> Text,
        is_active -> Bool,
    }
}

diesel::table! {
    users (id) {
        id -> BigInt,
        email -> Text,
        email_folded -> Text,
        name -> Text,
        phone -> Nullable<Text>,
        language -> Text,
        theme -> Text,
        shortcuts -> Bool,
        status -> Text,
        password_hash -> Nullable<Text>,
        search_text -> Text,
        created_at -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    memberships (user_id, organisation_id) {
        user_id -> BigInt,
        organisation_id -> BigInt,
        is_primary -> Bool,
    }
}

diesel::table! {
    role_grants (user_id, role, organisation_id) {
        user_id -> BigInt,
        role -> Text,
        organisation_id -> BigInt,
    }
}

diesel::table! {
    resolver_groups (id) {
        id -> BigInt,
        desk_id -> BigInt,
        code -> Text,
        name -> Text,
        line -> Text,
        is_intake -> Bool,
        is_active -> Bool,
    }
}

diesel::table! {
    group_members (group_id, user_id) {
        group_id -> BigInt,
        user_id -> BigInt,
        is_lead -> Bool,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        user_id -> BigInt,
        kind -> Text,
        token_hash -> Text,
        previous_hash -> Nullable<Text>,
        user_agent -> Text,
        created_at -> BigInt,
        last_used_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    login_failures (email_folded) {
        email_folded -> Text,
        failures -> BigInt,
        locked_until -> BigInt,
        last_at -> BigInt,
    }
}

diesel::table! {
    categories (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        is_active -> Bool,
    }
}

diesel::table! {
    services (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        is_base_function -> Bool,
        is_active -> Bool,
    }
}

diesel::table! {
    systems (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        is_active -> Bool,
    }
}

diesel::table! {
    tickets (id) {
        id -> BigInt,
        number -> Text,
        kind -> Text,
        status -> Text,
        desk_id -> BigInt,
        subject -> Text,
        description -> Text,
        channel -> Text,
        requester_id -> BigInt,
        registered_by_id -> BigInt,
        organisation_id -> BigInt,
        customer_id -> BigInt,
        service_id -> Nullable<BigInt>,
        system_id -> Nullable<BigInt>,
        category_id -> Nullable<BigInt>,
        impact -> BigInt,
        urgency -> BigInt,
        priority -> BigInt,
        open_priority -> Nullable<BigInt>,
        line -> Text,
        group_id -> BigInt,
        owner_group_id -> BigInt,
        assignee_id -> Nullable<BigInt>,
        waiting_for -> Nullable<Text>,
        waiting_until -> Nullable<BigInt>,
        opened_at -> BigInt,
        first_response_at -> Nullable<BigInt>,
        resolved_at -> Nullable<BigInt>,
        closed_at -> Nullable<BigInt>,
        solution -> Nullable<Text>,
        resolved_by_line -> Nullable<Text>,
        resolved_by_group_id -> Nullable<BigInt>,
        resolved_by_id -> Nullable<BigInt>,
        reopened_at -> Nullable<BigInt>,
        reopen_count -> BigInt,
        open_micros -> BigInt,
        updated_at -> BigInt,
        version -> BigInt,
        external_id -> Nullable<Text>,
        support_level -> Nullable<Text>,
        activity -> Nullable<Text>,
        agreement_version_id -> Nullable<BigInt>,
        due_at -> Nullable<BigInt>,
        wake_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    policies (id) {
        id -> BigInt,
        kind -> Text,
        code -> Text,
        name -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    policy_versions (id) {
        id -> BigInt,
        policy_id -> BigInt,
        valid_from -> BigInt,
        is_withdrawn -> Bool,
        spec -> Text,
        note -> Text,
        created_at -> BigInt,
        created_by_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    clock_marks (ticket_id, metric, cycle, percent) {
        ticket_id -> BigInt,
        metric -> Text,
        cycle -> BigInt,
        percent -> BigInt,
        agreement_version_id -> BigInt,
        group_id -> BigInt,
        at -> BigInt,
        recorded_at -> BigInt,
    }
}

diesel::table! {
    ticket_events (ticket_id, sequence) {
        ticket_id -> BigInt,
        sequence -> BigInt,
        at -> BigInt,
        actor_id -> Nullable<BigInt>,
        origin -> Text,
        data -> Text,
    }
}

diesel::table! {
    ticket_messages (id) {
        id -> BigInt,
        ticket_id -> BigInt,
        author_id -> BigInt,
        visibility -> Text,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    attachments (id) {
        id -> BigInt,
        ticket_id -> BigInt,
        message_id -> Nullable<BigInt>,
        uploaded_by_id -> BigInt,
        visibility -> Text,
        file_name -> Text,
        content_type -> Text,
        size_bytes -> BigInt,
        sha256 -> Text,
        storage_key -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    ticket_links (id) {
        id -> BigInt,
        from_ticket_id -> BigInt,
        to_ticket_id -> BigInt,
        kind -> Text,
        created_by_id -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    foreign_numbers (ticket_id, number) {
        ticket_id -> BigInt,
        number -> Text,
        mail_id -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    notifications (id) {
        id -> BigInt,
        user_id -> BigInt,
        ticket_id -> BigInt,
        event_sequence -> BigInt,
        kind -> Text,
        created_at -> BigInt,
        read_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    idempotency_keys (user_id, key) {
        user_id -> BigInt,
        key -> Text,
        request_hash -> Text,
        outcome -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    imports (id) {
        id -> BigInt,
        started_by_id -> BigInt,
        file_name -> Text,
        storage_key -> Text,
        is_dry_run -> Bool,
        state -> Text,
        rows_read -> BigInt,
        rows_done -> BigInt,
        summary -> Text,
        created_at -> BigInt,
        finished_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    mailboxes (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        address -> Text,
        address_folded -> Text,
        desk_id -> BigInt,
        organisation_id -> Nullable<BigInt>,
        spec -> Text,
        secret -> Nullable<Text>,
        is_active -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
        version -> BigInt,
        uid_validity -> Nullable<BigInt>,
        last_uid -> Nullable<BigInt>,
        looked_at -> Nullable<BigInt>,
        message_at -> Nullable<BigInt>,
        error -> Nullable<Text>,
        error_since -> Nullable<BigInt>,
        token_expires_at -> Nullable<BigInt>,
        lease_owner -> Nullable<Text>,
        lease_until -> Nullable<BigInt>,
        owed_uid -> Nullable<BigInt>,
    }
}

diesel::table! {
    mail_domains (domain) {
        domain -> Text,
        organisation_id -> BigInt,
    }
}

diesel::table! {
    inbound_mails (id) {
        id -> BigInt,
        mailbox_id -> Nullable<BigInt>,
        source -> Text,
        state -> Text,
        storage_key -> Text,
        content_hash -> Text,
        size_bytes -> BigInt,
        received_at -> BigInt,
        text_hash -> Nullable<Text>,
        fingerprint -> Nullable<Text>,
        header_message_id -> Nullable<Text>,
        from_address -> Nullable<Text>,
        from_name -> Nullable<Text>,
        subject -> Nullable<Text>,
        classification -> Nullable<Text>,
        reason -> Nullable<Text>,
        trace -> Nullable<Text>,
        ticket_id -> Nullable<BigInt>,
        message_id -> Nullable<BigInt>,
        processed_at -> Nullable<BigInt>,
        is_answerable -> Bool,
        handled_by_id -> Nullable<BigInt>,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    outbound_mails (id) {
        id -> BigInt,
        cause -> Text,
        template -> Text,
        state -> Text,
        user_id -> Nullable<BigInt>,
        recipient -> Text,
        ticket_id -> Nullable<BigInt>,
        event_sequence -> Nullable<BigInt>,
        mailbox_id -> Nullable<BigInt>,
        header_message_id -> Text,
        subject -> Nullable<Text>,
        reason -> Nullable<Text>,
        is_digest -> Bool,
        attempts -> BigInt,
        last_error -> Nullable<Text>,
        created_at -> BigInt,
        send_after -> BigInt,
        sent_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    bounced_addresses (address_folded) {
        address_folded -> Text,
        status -> Text,
        diagnostic -> Text,
        failures -> BigInt,
        first_at -> BigInt,
        last_at -> BigInt,
    }
}

diesel::table! {
    mail_templates (template, language, version) {
        template -> Text,
        language -> Text,
        version -> BigInt,
        subject -> Nullable<Text>,
        body -> Nullable<Text>,
        changed_by_id -> BigInt,
        changed_at -> BigInt,
    }
}

diesel::table! {
    mail_preferences (user_id) {
        user_id -> BigInt,
        digest -> Text,
        digest_at -> BigInt,
        quiet_from -> Nullable<BigInt>,
        quiet_until -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(policies, policy_versions);
diesel::allow_tables_to_appear_in_same_query!(tickets, notifications);
diesel::allow_tables_to_appear_in_same_query!(tickets, ticket_events);
diesel::allow_tables_to_appear_in_same_query!(tickets, ticket_links);
diesel::allow_tables_to_appear_in_same_query!(users, group_members);
