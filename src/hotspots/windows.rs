//! The shapes of zones that a scan tries: circles, and ellipses in all directions.

/// Ellipses of one shape, turned in steps of half a circle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipse {
    /// Long axis over short axis
    pub ratio: f64,
    /// Number of directions
    pub angles: usize,
}

impl Ellipse {
    /// Shapes and directions of SaTScan's elliptic scan.
    pub const SATSCAN: [Ellipse; 5] = [
        Ellipse { ratio: 1.5, angles: 4 },
        Ellipse { ratio: 2.0, angles: 6 },
        Ellipse { ratio: 3.0, angles: 9 },
        Ellipse { ratio: 4.0, angles: 12 },
        Ellipse { ratio: 5.0, angles: 15 },
    ];
}

/// What zones about a centre look like: circles, or ellipses of one shape and direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    /// Long axis over short axis
    pub(super) ratio: f64,
    /// Direction of the long axis, radians from east
    pub(super) angle: f64,
    /// By which a ratio is multiplied
    pub(super) penalty: f64,
}

/// Exponent of the penalty on long ellipses (SaTScan: medium).
const PENALTY: f64 = 0.5;

impl Window {
    /// All directions alike.
    pub(super) const CIRCLE: Window = Window { ratio: 1.0, angle: 0.0, penalty: 1.0 };

    /// Circles, and every ellipse in every direction.
    pub(super) fn all(ellipses: &[Ellipse]) -> Vec<Window> {
        let turned = |ellipse: &Ellipse| {
            let Ellipse { ratio, angles } = *ellipse;
            let penalty = (4.0 * ratio / (ratio + 1.0).powi(2)).powf(PENALTY);
            let angle = move |step: usize| std::f64::consts::PI * step as f64 / angles as f64;
            (0..angles).map(move |step| Window { ratio, angle: angle(step), penalty })
        };
        std::iter::once(Window::CIRCLE).chain(ellipses.iter().flat_map(turned)).collect()
    }
}
