//! The database: SQLite or PostgreSQL by URL. The only place that imports diesel.
