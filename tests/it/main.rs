//! Everything tested through the public surfaces, one binary so that it links once.
