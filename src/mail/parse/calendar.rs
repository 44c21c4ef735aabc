//! Calendar invitations (RFC 5545, RFC 6047): enough of the first event to show what it is about.

use crate::domain::mail::Invitation;

/// The first event of a calendar object, if there is one.
pub(super) fn invitation(text: &str, method: Option<&str>) -> Option<Invitation> {
    let mut found = Invitation { method: method.unwrap_or_default().to_uppercase(), ..Invitation::default() };
    let (mut inside, mut any) = (false, false);
    for line in unfolded(text).take(5000) {
        let Some((name, parameters, value)) = property(&line) else { continue };
        match (name.as_str(), inside) {
            ("BEGIN", _) if value.eq_ignore_ascii_case("VEVENT") && !any => (inside, any) = (true, true),
            // Alarms inside an event have properties of the same names.
            ("BEGIN", true) => inside = false,
            ("END", _) if value.eq_ignore_ascii_case("VALARM") => inside = true,
            ("END", _) if value.eq_ignore_ascii_case("VEVENT") => break,
            ("METHOD", false) if found.method.is_empty() => found.method = value.trim().to_uppercase(),
            ("SUMMARY", true) => found.summary = unescaped(value),
            ("LOCATION", true) => found.place = unescaped(value),
            ("ORGANIZER", true) => found.organizer = Some(without_mailto(value)),
            ("DTSTART", true) => {
                found.start = when(value);
                found.zone = zone(&parameters);
            }
            ("DTEND", true) => found.end = when(value),
            _ => {}
        }
    }
    any.then_some(found)
}

fn unfolded(text: &str) -> impl Iterator<Item = String> {
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        let mut line = lines.next()?.to_owned();
        while let Some(next) = lines.next_if(|next| next.starts_with([' ', '\t'])) {
            if line.len() < 4000 {
                line.extend(next.chars().skip(1));
            }
        }
        Some(line)
    })
}

/// `NAME;PARAMETERS:VALUE`; a colon in quotation marks belongs to a parameter.
fn property(line: &str) -> Option<(String, String, &str)> {
    let mut quoted = false;
    let colon = line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(at)
    })?;
    let (head, value) = line.split_at_checked(colon)?;
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some((name.trim().to_ascii_uppercase(), parameters.to_owned(), value.strip_prefix(':')?))
}

fn unescaped(value: &str) -> String {
    let text = value
        .replace("\\n", " ")
        .replace("\\N", " ")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\");
    super::words::one_line(&text).chars().take(500).collect()
}

fn without_mailto(value: &str) -> String {
    let value = value.trim();
    let bare =
        value.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).and_then(|_| value.get(7..));
    super::words::one_line(bare.unwrap_or(value)).chars().take(320).collect()
}

fn zone(parameters: &str) -> Option<String> {
    let zone = parameters.split(';').find_map(|parameter| parameter.strip_prefix("TZID="))?;
    Some(super::words::one_line(zone.trim_matches('"')).chars().take(100).collect())
}

/// `20261119T090000Z` as `2026-11-19T09:00:00Z`, `20261119` as `2026-11-19`.
fn when(value: &str) -> Option<String> {
    let value = value.trim();
    let (date, rest) = value.split_at_checked(8)?;
    let (year, rest_of_date) = date.split_at_checked(4)?;
    let (month, day) = rest_of_date.split_at_checked(2)?;
    let text = match rest.strip_prefix('T') {
        None => format!("{year}-{month}-{day}"),
        Some(time) => {
            let (hour, rest) = time.split_at_checked(2)?;
            let (minute, rest) = rest.split_at_checked(2)?;
            let (second, utc) = rest.split_at_checked(2)?;
            format!("{year}-{month}-{day}T{hour}:{minute}:{second}{utc}")
        }
    };
    let plausible =
        text.len() <= 20 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ':' | 'T' | 'Z'));
    plausible.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_event_is_shown() {
        let text = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nDTSTART:16010101T000000\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n\
            SUMMARY:Driftm\\, möte\r\n  om skrivare\r\nDTSTART;TZID=\"W. Europe\":20261119T090000\r\nDTEND:20261119T100000Z\r\n\
            ORGANIZER;CN=\"Ek: Anna\":MAILTO:anna@example.se\r\nBEGIN:VALARM\r\nSUMMARY:nej\r\nEND:VALARM\r\nLOCATION:Rum 2\r\nEND:VEVENT\r\n";
        let found = invitation(text, None).unwrap();
        assert_eq!((found.method.as_str(), found.summary.as_str()), ("REQUEST", "Driftm, möte om skrivare"));
        assert_eq!(found.start.as_deref(), Some("2026-11-19T09:00:00"));
        assert_eq!(found.end.as_deref(), Some("2026-11-19T10:00:00Z"));
        assert_eq!((found.zone.as_deref(), found.place.as_str()), (Some("W. Europe"), "Rum 2"));
        assert_eq!(found.organizer.as_deref(), Some("anna@example.se"));
        assert_eq!(invitation("BEGIN:VCALENDAR", None), None);
    }
}
