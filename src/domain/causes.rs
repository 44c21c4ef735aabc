//! What an error says to whoever mends it.

use std::error::Error;

/// An error with everything that led to it, each said once: `sending: connection refused`.
#[must_use]
pub fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::with_causes;

    #[derive(Debug, thiserror::Error)]
    enum Fault {
        #[error("sending")]
        Sending(#[source] Box<Self>),
        #[error("by {0}")]
        By(#[source] Box<Self>),
        #[error("refused")]
        Refused,
    }

    #[test]
    fn each_cause_is_said_once() {
        assert_eq!(with_causes(&Fault::Refused), "refused");
        let deep = Fault::Sending(Box::new(Fault::By(Box::new(Fault::Refused))));
        assert_eq!(with_causes(&deep), "sending: by refused");
        assert_eq!(with_causes(&Fault::Sending(Box::new(Fault::Refused))), "sending: refused");
    }
}
