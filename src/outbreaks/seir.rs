//! An infection within one herd: susceptible, exposed, infectious, removed (SEIR), mixing evenly.
//!
//! dS = −βSI/N, dE = βSI/N − σE, dI = σE − γI, dR = γI, with σ = 1/latent days, γ = 1/infectious days, β = R·γ; fourth-order
//! Runge–Kutta. The share infected in the end is z = 1 − exp(−R·z) (Kermack & McKendrick 1927).

/// Rates a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Infections that one infectious animal causes a day among all susceptible
    pub beta: f64,
    /// Exposed animals that become infectious
    pub sigma: f64,
    /// Infectious animals that are removed
    pub gamma: f64,
}

/// Animals in each state.
pub type State = [f64; 4];

/// Steps a day.
const STEPS: usize = 20;

impl Rates {
    /// Rates of days latent, days infectious and R.
    pub fn new(latent_days: f64, infectious_days: f64, r: f64) -> Rates {
        let gamma = 1.0 / infectious_days;
        Rates { beta: r * gamma, sigma: 1.0 / latent_days, gamma }
    }

    fn flow(&self, [s, e, i, r]: State) -> State {
        let infected = self.beta * s * i / (s + e + i + r);
        [-infected, infected - self.sigma * e, self.sigma * e - self.gamma * i, self.gamma * i]
    }

    /// Steps of Runge–Kutta a day. Short latent periods need finer ones.
    fn steps(&self) -> usize {
        let fastest = self.beta.max(self.sigma).max(self.gamma);
        STEPS.max((fastest * 5.0).ceil() as usize)
    }

    /// The herd at the end of days 0, 1, 2 … `days`.
    pub fn run(&self, start: State, days: usize) -> Vec<State> {
        let steps = self.steps();
        let h = 1.0 / steps as f64;
        let along = |state: State, flow: State, t: f64| std::array::from_fn(|k| state[k] + t * flow[k]);
        let mut state = start;
        let mut list = vec![start];
        for _ in 0..days {
            for _ in 0..steps {
                let k1 = self.flow(state);
                let k2 = self.flow(along(state, k1, h / 2.0));
                let k3 = self.flow(along(state, k2, h / 2.0));
                let k4 = self.flow(along(state, k3, h));
                state = std::array::from_fn(|k| state[k] + h / 6.0 * (k1[k] + 2.0 * k2[k] + 2.0 * k3[k] + k4[k]));
            }
            list.push(state);
        }
        list
    }
}

/// Share of a herd infected in the end.
pub fn final_size(r: f64) -> f64 {
    if r <= 1.0 {
        return 0.0;
    }
    // 1 − exp(−R·z) − z is concave and positive at 0+: Newton from 1 comes down to the root without passing it.
    let mut z = 1.0;
    for _ in 0..200 {
        let step = (1.0 - (-r * z).exp() - z) / (r * (-r * z).exp() - 1.0);
        z -= step;
        if step.abs() < 1e-15 {
            break;
        }
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn final_sizes_solve_their_equation() {
        // Kermack & McKendrick: values from the Lambert function.
        for (r, z) in [
            (1.1, 0.176_134_143_631_807_35),
            (1.5, 0.582_811_643_865_811_9),
            (2.0, 0.796_812_130_020_02),
            (5.0, 0.993_022_846_348_513_7),
        ] {
            assert!((final_size(r) - z).abs() < 1e-12, "{r}");
        }
        assert_eq!(final_size(0.9), 0.0);
    }
}
