//! People, organisations, groups and what tickets are classified by.
