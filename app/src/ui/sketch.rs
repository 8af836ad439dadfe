//! The scale drawing of fences and positions: plain SVG, no map service, in metres east and north of a site's centre.

use super::Erased;
use leptos::prelude::*;

use super::Tone;

/// A fence to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct SketchFence {
    /// Metres east of the origin.
    pub east_m: f64,
    /// Metres north of the origin.
    pub north_m: f64,
    /// Its radius in metres.
    pub radius_m: f64,
    /// The site's name.
    pub label: String,
}

/// A position to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct SketchPoint {
    /// Metres east of the origin.
    pub east_m: f64,
    /// Metres north of the origin.
    pub north_m: f64,
    /// How far the true position may be from it, in metres.
    pub accuracy_m: f64,
    /// Ok is drawn as a disc, Bad as a cross, every other tone as a square.
    pub tone: Tone,
    /// Who and when: "杨晓雨 09:02".
    pub label: String,
}

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 720.0;
const MARGIN: f64 = 70.0;
/// Positions farther out than this many radii are named in the list instead of shrinking the drawing.
const REACH: f64 = 5.0;

/// Metres to drawing units.
struct Scale {
    east: f64,
    north: f64,
    per_metre: f64,
}

impl Scale {
    fn of(boxes: &[(f64, f64, f64)]) -> Self {
        let mut edge = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        for (east, north, around) in boxes {
            edge = (
                edge.0.min(east - around),
                edge.1.min(north - around),
                edge.2.max(east + around),
                edge.3.max(north + around),
            );
        }
        if boxes.is_empty() {
            edge = (-100.0, -100.0, 100.0, 100.0);
        }
        let wide = (edge.2 - edge.0).max(20.0);
        let high = (edge.3 - edge.1).max(20.0);
        Self {
            east: (edge.0 + edge.2) / 2.0,
            north: (edge.1 + edge.3) / 2.0,
            per_metre: ((WIDTH - 2.0 * MARGIN) / wide).min((HEIGHT - 2.0 * MARGIN) / high),
        }
    }

    fn x(&self, east: f64) -> i32 {
        whole(WIDTH / 2.0 + (east - self.east) * self.per_metre)
    }

    fn y(&self, north: f64) -> i32 {
        whole(HEIGHT / 2.0 - (north - self.north) * self.per_metre)
    }

    fn length(&self, metres: f64) -> i32 {
        whole(metres * self.per_metre)
    }

    /// The longest round distance that fits a quarter of the drawing.
    fn bar(&self) -> i32 {
        let fits = |metres: &&i32| f64::from(**metres) * self.per_metre <= WIDTH / 4.0;
        [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5]
            .iter()
            .find(fits)
            .copied()
            .unwrap_or(5)
    }
}

/// The nearest whole number; out of range and NaN stay in range.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and drawings and sentences need no more than whole units"
)]
fn whole(number: f64) -> i32 {
    number.round() as i32
}

fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (east, north) = (to.0 - from.0, to.1 - from.1);
    (east * east + north * north).sqrt()
}

/// One of eight directions; 0.4142 is tan 22.5°.
fn direction(east: f64, north: f64) -> &'static str {
    const TAN: f64 = 0.414_213_56;
    let (wide, high) = (east.abs(), north.abs());
    match (wide > high * TAN, high > wide * TAN, east > 0.0, north > 0.0) {
        (true, true, true, true) => "东北",
        (true, true, true, false) => "东南",
        (true, true, false, true) => "西北",
        (true, true, false, false) => "西南",
        (true, false, true, _) => "东",
        (true, false, false, _) => "西",
        (_, _, _, true) => "北",
        (_, _, _, false) => "南",
    }
}

/// "北 83 米，精度 ±12 米", measured from the nearest fence's centre.
fn in_words(point: &SketchPoint, fences: &[SketchFence]) -> String {
    let here = (point.east_m, point.north_m);
    let mut nearest = (f64::MAX, (0.0, 0.0), "中心");
    for fence in fences {
        let centre = (fence.east_m, fence.north_m);
        let far = distance(centre, here);
        if far < nearest.0 {
            nearest = (far, centre, &fence.label);
        }
    }
    let (_, centre, name) = nearest;
    let far = whole(distance(centre, here)).to_string();
    let way = direction(here.0 - centre.0, here.1 - centre.1);
    let accuracy = whole(point.accuracy_m).to_string();
    [name, "以", way, " ", &far, " 米，精度 ±", &accuracy, " 米"].concat()
}

fn draw_point(point: &SketchPoint, scale: &Scale, here: bool) -> AnyView {
    let (x, y) = (scale.x(point.east_m), scale.y(point.north_m));
    let mark = match point.tone {
        _ if here => view! { <circle class="mark" cx=x cy=y r="17"></circle> }.erased(),
        Tone::Ok => view! { <circle class="mark" cx=x cy=y r="13"></circle> }.erased(),
        Tone::Bad => {
            let cross = [
                "M",
                &(x - 12).to_string(),
                " ",
                &(y - 12).to_string(),
                "l24 24m0 -24l-24 24",
            ]
            .concat();
            view! { <path d=cross stroke="currentColor" stroke-width="8" stroke-linecap="round"></path> }.erased()
        }
        Tone::Warn | Tone::Info | Tone::Plain => {
            view! { <rect class="mark" x=x - 12 y=y - 12 width="24" height="24" rx="3"></rect> }.erased()
        }
    };
    view! {
        <g class=if here { "here" } else { point.tone.class() }>
            <circle class="acc" cx=x cy=y r=scale.length(point.accuracy_m)></circle>
            {mark}
        </g>
    }
    .erased()
}

fn draw_fence(fence: &SketchFence, scale: &Scale) -> AnyView {
    let (x, y, r) = (
        scale.x(fence.east_m),
        scale.y(fence.north_m),
        scale.length(fence.radius_m),
    );
    let cross = ["M", &(x - 14).to_string(), " ", &y.to_string(), "h28m-14 -14v28"].concat();
    let radius = ["半径 ", &whole(fence.radius_m).to_string(), " 米"].concat();
    view! {
        <circle class="fence" cx=x cy=y r=r></circle>
        <path class="centre" d=cross></path>
        <text x=x y=y + r - 18 text-anchor="middle">{radius}</text>
    }
    .erased()
}

fn draw_measures(scale: &Scale) -> AnyView {
    let metres = scale.bar();
    let length = scale.length(f64::from(metres));
    let bar = ["M30 676v14h", &length.to_string(), "v-14"].concat();
    view! {
        <path class="bar-line" d=bar></path>
        <text x="30" y="664">{[&metres.to_string(), " 米"].concat()}</text>
        <path class="bar-line" d="M955 96V40l-16 22m16 -22l16 22"></path>
        <text x="955" y="132" text-anchor="middle">"北"</text>
    }
    .erased()
}

/// Fences, last check-ins and the current position to scale, north up, with the same content as a list below.
#[component]
pub fn FenceSketch(
    /// The fences; the first one's centre is usually the origin.
    fences: Vec<SketchFence>,
    /// The last check-ins.
    #[prop(optional)]
    points: Vec<SketchPoint>,
    /// Where the phone is now.
    #[prop(optional_no_strip)]
    here: Option<SketchPoint>,
) -> impl IntoView {
    let reach = fences.iter().fold(100.0_f64, |most, fence| most.max(fence.radius_m)) * REACH;
    let near = |point: &&SketchPoint| {
        fences
            .iter()
            .any(|fence| distance((fence.east_m, fence.north_m), (point.east_m, point.north_m)) <= reach)
    };
    let drawn: Vec<&SketchPoint> = points.iter().filter(near).collect();
    let shown_here = here.as_ref().filter(near);
    let mut boxes: Vec<(f64, f64, f64)> = fences
        .iter()
        .map(|fence| (fence.east_m, fence.north_m, fence.radius_m))
        .collect();
    for point in drawn.iter().copied().chain(shown_here) {
        boxes.push((point.east_m, point.north_m, point.accuracy_m.clamp(0.0, reach / REACH)));
    }
    let scale = Scale::of(&boxes);
    let listed = here.iter().chain(&points);
    let lines = listed
        .map(|point| view! { <tr><th scope="row">{point.label.clone()}</th><td>{in_words(point, &fences)}</td></tr> })
        .collect_view();
    let empty = points.is_empty() && here.is_none();
    let name = [
        "签到范围示意图，",
        &fences.len().to_string(),
        " 个范围，",
        &points.len().to_string(),
        " 次签到",
    ]
    .concat();
    view! {
        <div class="sketch">
            <svg viewBox="0 0 1000 720" role="img" aria-label=name>
                {fences.iter().map(|fence| draw_fence(fence, &scale)).collect_view()}
                {drawn.iter().map(|point| draw_point(point, &scale, false)).collect_view()}
                {shown_here.map(|point| draw_point(point, &scale, true))}
                {draw_measures(&scale)}
            </svg>
            {(!empty).then(|| view! {
                <details>
                    <summary>"用文字看这张图"</summary>
                    <table class="table"><tbody>{lines}</tbody></table>
                </details>
            })}
        </div>
    }
    .erased()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fence(radius_m: f64) -> SketchFence {
        SketchFence {
            east_m: 0.0,
            north_m: 0.0,
            radius_m,
            label: "观山湖办公区".into(),
        }
    }

    fn point(east_m: f64, north_m: f64) -> SketchPoint {
        SketchPoint {
            east_m,
            north_m,
            accuracy_m: 12.4,
            tone: Tone::Ok,
            label: "09:02".into(),
        }
    }

    #[test]
    fn a_fence_fills_the_drawing_and_keeps_its_shape() {
        let scale = Scale::of(&[(0.0, 0.0, 300.0)]);
        assert_eq!((scale.x(0.0), scale.y(0.0)), (500, 360));
        assert_eq!(scale.length(300.0), 290);
        assert!(scale.y(300.0) < scale.y(-300.0), "north is up");
        assert_eq!(scale.bar(), 200);
    }

    #[test]
    fn a_position_is_told_from_the_nearest_fence() {
        assert_eq!(
            in_words(&point(0.0, 83.0), &[fence(300.0)]),
            "观山湖办公区以北 83 米，精度 ±12 米"
        );
        assert_eq!(
            in_words(&point(-50.0, -50.0), &[fence(300.0)]),
            "观山湖办公区以西南 71 米，精度 ±12 米"
        );
        assert_eq!(in_words(&point(9.0, 1.0), &[]), "中心以东 9 米，精度 ±12 米");
    }

    #[test]
    fn broken_numbers_neither_panic_nor_leave_the_whole_numbers() {
        for broken in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            let scale = Scale::of(&[(broken, broken, broken)]);
            let _ = (scale.x(broken), scale.y(broken), scale.length(broken), scale.bar());
            let _ = in_words(&point(broken, broken), &[fence(broken)]);
        }
    }
}
