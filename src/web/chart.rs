//! Charts as geometry: a pure function from figures to the shapes of an SVG, drawn by
//! `templates/workspace/chart.html`. Bars for one period, lines for several; the axis begins at 0,
//! every series is named at its end, and differs by dashes and marks as well as by colour.

/// Units wide.
const WIDTH: i64 = 760;
/// Units high.
const HEIGHT: i64 = 340;
const LEFT: i64 = 56;
const RIGHT: i64 = 590;
const TOP: i64 = 20;
const BOTTOM: i64 = 300;
/// Units between the lines of direct labels.
const LABEL_HEIGHT: i64 = 17;
/// Periods named under the axis at most; more would run together.
const MOST_TICKS: usize = 8;
/// 100 % in tenths of a per cent.
const FULL: i64 = 1_000;

/// A line across the chart with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridLine {
    /// Its height.
    pub y: i64,
    /// Its value.
    pub label: String,
    /// Whether it is the zero line.
    pub is_axis: bool,
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where it is anchored.
    pub x: i64,
    /// Its base line.
    pub y: i64,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// What it says.
    pub text: String,
    /// Whether it is a figure and not a name of the axis.
    pub is_value: bool,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Which colour, from 1.
    pub series: usize,
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// Height.
    pub height: i64,
}

/// A line through the values of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which colour, from 1.
    pub series: usize,
    /// `x,y x,y …`
    pub points: String,
    /// Its dashes; empty for a whole line.
    pub dashes: &'static str,
    /// A path for each value's mark.
    pub marks: Vec<String>,
}

/// A chart, laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Units wide.
    pub width: i64,
    /// Units high.
    pub height: i64,
    /// Where the plot begins.
    pub left: i64,
    /// Where it ends.
    pub right: i64,
    /// Lines across.
    pub grid: Vec<GridLine>,
    /// Names and figures.
    pub labels: Vec<Label>,
    /// Bars, for one period.
    pub bars: Vec<Bar>,
    /// Lines, for several.
    pub lines: Vec<Line>,
    /// The goal.
    pub goal: Option<GridLine>,
}

/// One series: its name and a share per period in tenths of a per cent; `None` where a period has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name: "1 timme".
    pub name: String,
    /// Its values.
    pub values: Vec<Option<i64>>,
}

/// A share that is aimed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Tenths of a per cent.
    pub value: i64,
    /// "mål 65 %".
    pub label: String,
}

/// Lays shares out: at most five series (the colours there are) over the periods. Nothing to draw gives
/// `None`: an empty axis is never drawn. `write` writes a share.
#[must_use]
pub fn shares(
    periods: &[String],
    series: &[Series],
    goal: Option<Goal>,
    write: impl Fn(i64) -> String,
) -> Option<Chart> {
    let series: Vec<&Series> =
        series.iter().take(5).filter(|series| series.values.iter().any(Option::is_some)).collect();
    if periods.is_empty() || series.is_empty() {
        return None;
    }
    let grid = (0..=4)
        .map(|quarter| GridLine {
            y: height_of(quarter * FULL / 4),
            label: write(quarter * FULL / 4),
            is_axis: quarter == 0,
        })
        .collect();
    let mut chart = Chart {
        width: WIDTH,
        height: HEIGHT,
        left: LEFT,
        right: RIGHT,
        grid,
        labels: Vec::new(),
        bars: Vec::new(),
        lines: Vec::new(),
        goal: goal.map(|goal| GridLine { y: height_of(goal.value), label: goal.label, is_axis: false }),
    };
    if periods.len() == 1 {
        chart.right = WIDTH - 16;
        add_bars(&mut chart, &series, &write);
    } else {
        add_lines(&mut chart, periods, &series, &write);
    }
    Some(chart)
}

fn height_of(tenths: i64) -> i64 {
    BOTTOM - tenths.clamp(0, FULL) * (BOTTOM - TOP) / FULL
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn add_bars(chart: &mut Chart, series: &[&Series], write: &impl Fn(i64) -> String) {
    let slot = (chart.right - LEFT) / count(series.len()).max(1);
    let width = (slot * 3 / 5).min(88);
    for (at, one) in series.iter().enumerate() {
        let Some(value) = one.values.iter().flatten().next() else { continue };
        let middle = LEFT + slot * count(at) + slot / 2;
        let y = height_of(*value);
        chart.bars.push(Bar { series: at + 1, x: middle - width / 2, y, width, height: BOTTOM - y });
        let label = |y, text, is_value| Label { x: middle, y, anchor: "middle", text, is_value };
        chart.labels.push(label(y - 6, write(*value), true));
        chart.labels.push(label(BOTTOM + 20, one.name.clone(), false));
    }
}

fn add_lines(chart: &mut Chart, periods: &[String], series: &[&Series], write: &impl Fn(i64) -> String) {
    let across = |at: usize| LEFT + (RIGHT - LEFT) * count(at) / (count(periods.len()) - 1).max(1);
    let every = periods.len().div_ceil(MOST_TICKS);
    for (at, period) in periods.iter().enumerate().step_by(every) {
        let anchor = if at == 0 {
            "start"
        } else if at + 1 == periods.len() {
            "end"
        } else {
            "middle"
        };
        let x = across(at);
        chart.labels.push(Label { x, y: BOTTOM + 20, anchor, text: period.clone(), is_value: false });
    }
    let mut ends = Vec::new();
    for (at, one) in series.iter().enumerate() {
        let number = at + 1;
        let points: Vec<(i64, i64)> = one
            .values
            .iter()
            .enumerate()
            .filter_map(|(at, value)| value.map(|value| (across(at), height_of(value))))
            .collect();
        let text = points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
        let marks = points.iter().map(|(x, y)| mark(number, *x, *y)).collect();
        chart.lines.push(Line { series: number, points: text, dashes: dashes(number), marks });
        if let (Some((_, y)), Some(value)) = (points.last(), one.values.iter().flatten().next_back()) {
            ends.push((*y, format!("{} {}", one.name, write(*value))));
        }
    }
    chart.labels.extend(beside(ends));
}

/// Direct labels at the right, in the order of their lines and never on top of each other.
fn beside(mut ends: Vec<(i64, String)>) -> Vec<Label> {
    ends.sort_by_key(|(y, _)| *y);
    let mut lowest = BOTTOM;
    let mut free = TOP;
    // First downwards from the top …
    for (y, _) in &mut ends {
        *y = (*y).max(free);
        free = *y + LABEL_HEIGHT;
    }
    // … then what fell below the axis upwards again.
    for (y, _) in ends.iter_mut().rev() {
        *y = (*y).min(lowest);
        lowest = *y - LABEL_HEIGHT;
    }
    ends.into_iter()
        .map(|(y, text)| Label { x: RIGHT + 12, y: y + 4, anchor: "start", text, is_value: true })
        .collect()
}

fn dashes(series: usize) -> &'static str {
    match series {
        1 => "",
        2 => "9 4",
        3 => "3 4",
        4 => "12 4 3 4",
        _ => "6 6",
    }
}

/// Circle, square, diamond, triangle up, triangle down.
fn mark(series: usize, x: i64, y: i64) -> String {
    match series {
        1 => format!("M{} {y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", x - 4),
        2 => format!("M{} {}h8v8h-8z", x - 4, y - 4),
        3 => format!("M{x} {}l5 5l-5 5l-5-5z", y - 5),
        4 => format!("M{x} {}l5 9h-10z", y - 5),
        _ => format!("M{x} {}l5-9h-10z", y + 5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[&[i64]]) -> Vec<Series> {
        values
            .iter()
            .map(|values| Series { name: "s".to_owned(), values: values.iter().copied().map(Some).collect() })
            .collect()
    }

    fn periods(count: usize) -> Vec<String> {
        (0..count).map(|year| (2010 + year).to_string()).collect()
    }

    fn write(tenths: i64) -> String {
        format!("{} %", tenths / 10)
    }

    #[test]
    fn one_period_is_bars_from_zero() {
        let chart = shares(&periods(1), &series(&[&[490], &[1_000]]), None, write).unwrap();
        assert!(chart.lines.is_empty());
        let heights: Vec<i64> = chart.bars.iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [(BOTTOM - TOP) * 490 / 1000, BOTTOM - TOP]);
        assert!(chart.bars.iter().all(|bar| bar.y + bar.height == BOTTOM));
    }

    #[test]
    fn lines_reach_from_the_first_to_the_last_period() {
        let chart = shares(&periods(6), &series(&[&[0, 100, 200, 300, 400, 1_000]]), None, write).unwrap();
        let points = &chart.lines[0].points;
        assert!(points.starts_with(&format!("{LEFT},{BOTTOM} ")), "{points}");
        assert!(points.ends_with(&format!(" {RIGHT},{TOP}")), "{points}");
        assert_eq!(chart.lines[0].marks.len(), 6);
    }

    #[test]
    fn equal_ends_get_labels_apart_and_inside() {
        let chart = shares(&periods(2), &series(&[&[0, 5], &[0, 5], &[0, 5], &[0, 0], &[0, 0]]), None, write)
            .unwrap();
        let mut heights: Vec<i64> =
            chart.labels.iter().filter(|label| label.is_value).map(|label| label.y).collect();
        heights.sort_unstable();
        assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= LABEL_HEIGHT), "{heights:?}");
        assert!(heights.iter().all(|y| *y <= HEIGHT && *y >= TOP), "{heights:?}");
    }

    #[test]
    fn many_periods_name_a_few() {
        let values: Vec<i64> = vec![500; 60];
        let chart = shares(&periods(60), &series(&[&values]), None, write).unwrap();
        assert!(chart.labels.iter().filter(|label| !label.is_value).count() <= MOST_TICKS);
    }

    #[test]
    fn nothing_to_draw_draws_no_axis() {
        assert_eq!(shares(&[], &series(&[&[1]]), None, write), None);
        let empty = [Series { name: "s".to_owned(), values: vec![None, None] }];
        assert_eq!(shares(&periods(2), &empty, None, write), None);
    }
}
