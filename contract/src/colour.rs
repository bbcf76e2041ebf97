//! Colours, their contrast, and the accent made of the operator's.
//!
//! Contrast is that of WCAG 2.2 (relative luminance and contrast ratio,
//! <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>): text needs 4.5:1 against what
//! is behind it (1.4.3), the shape of a control 3:1 (1.4.11).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What text needs.
pub const TEXT: f64 = 4.5;
/// What a shape needs that says something.
pub const SHAPE: f64 = 3.0;

/// A colour in sRGB, written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Colour {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^#[0-9a-f]{6}$"))
            .examples(["#136a63"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Colour {}

/// The text is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written #rrggbb, such as #136a63")]
pub struct NotAColour;

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(NotAColour)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        let [_, rgb @ ..] = u32::from_str_radix(digits, 16).map_err(|_| NotAColour)?.to_be_bytes();
        Ok(Self(rgb))
    }
}

impl TryFrom<String> for Colour {
    type Error = NotAColour;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

impl Colour {
    /// White.
    pub const WHITE: Self = Self([0xff; 3]);
    /// Black.
    pub const BLACK: Self = Self([0; 3]);

    /// How bright it is, from 0 for black to 1 for white: WCAG's relative luminance.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio with another colour, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// With so many percent of another colour in it. With black or white the hue stays.
    fn mixed(self, percent: u32, other: Self) -> Self {
        let mut mixed = self;
        for (part, other) in mixed.0.iter_mut().zip(other.0) {
            let sum = u32::from(*part) * (100 - percent) + u32::from(other) * percent;
            *part = u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX);
        }
        mixed
    }

    /// The nearest colour on the way to another that will do; that one if none does.
    fn until(self, end: Self, will_do: impl Fn(Self) -> bool) -> Self {
        (0..100).map(|percent| self.mixed(percent, end)).find(|step| will_do(*step)).unwrap_or(end)
    }
}

/// A part of a colour as an amount of light.
fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

/// Light on dark or dark on light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

impl Scheme {
    /// What may be behind a text: `--ground`, `--ground-sunk`, `--ground-raised` and
    /// `--ground-hover` of `style/20-tokens.css`.
    #[must_use]
    pub const fn grounds(self) -> [Colour; 4] {
        match self {
            Self::Light => {
                [Colour::WHITE, Colour([0xf5, 0xf7, 0xf7]), Colour::WHITE, Colour([0xee, 0xf2, 0xf2])]
            }
            Self::Dark => [
                Colour([0x0f, 0x13, 0x14]),
                Colour([0x14, 0x1a, 0x1b]),
                Colour([0x18, 0x20, 0x21]),
                Colour([0x1e, 0x28, 0x29]),
            ],
        }
    }

    /// The least contrast of a colour on any ground.
    #[must_use]
    pub fn contrast(self, colour: Colour) -> f64 {
        self.grounds().into_iter().map(|ground| colour.contrast(ground)).fold(f64::INFINITY, f64::min)
    }

    /// The least contrast of a text on any ground, or on its own soft background.
    #[must_use]
    pub fn legibility(self, text: Colour) -> f64 {
        self.contrast(text).min(text.contrast(self.soft(text)))
    }

    /// A little of a colour on the ground.
    fn soft(self, colour: Colour) -> Colour {
        let [ground, ..] = self.grounds();
        let percent = match self {
            Self::Light => 12,
            Self::Dark => 16,
        };
        ground.mixed(percent, colour)
    }

    /// Where a colour goes to stand out from the ground.
    const fn away(self) -> Colour {
        match self {
            Self::Light => Colour::BLACK,
            Self::Dark => Colour::WHITE,
        }
    }

    fn shades(self, given: Colour) -> Shades {
        let soft = self.soft(given);
        let legible = |text: Colour| self.contrast(text).min(text.contrast(soft)) >= TEXT;
        let fill = given.until(self.away(), |fill| self.contrast(fill) >= SHAPE);
        // One of the two always has 4.5:1.
        let (on_fill, other) = if fill.contrast(Colour::WHITE) >= TEXT {
            (Colour::WHITE, Colour::BLACK)
        } else {
            (Colour::BLACK, Colour::WHITE)
        };
        // Away from its text; a fill that is as far as can be comes a little nearer.
        let towards = if fill.contrast(on_fill) > 12.0 { on_fill } else { other };
        Shades {
            text: given.until(self.away(), legible),
            fill,
            fill_hover: fill.mixed(16, towards),
            on_fill,
            soft,
        }
    }
}

/// The accent's colours in one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shades {
    /// Links and icons: legible on every ground, and on `soft`.
    pub text: Colour,
    /// The ground of the first button.
    pub fill: Colour,
    /// The same under the pointer.
    pub fill_hover: Colour,
    /// Text on both.
    pub on_fill: Colour,
    /// The ground of what is chosen.
    pub soft: Colour,
}

/// An accent that is legible in both themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Accent {
    /// In the light theme.
    pub light: Shades,
    /// In the dark theme.
    pub dark: Shades,
}

impl Accent {
    /// The accent of a colour for the light theme and one for the dark. What has too
    /// little contrast is darkened or lightened until it has enough; the hue stays.
    #[must_use]
    pub fn checked(light: Colour, dark: Colour) -> Self {
        Self { light: Scheme::Light.shades(light), dark: Scheme::Dark.shades(dark) }
    }

    /// The custom properties that `style/20-tokens.css` has of the same names.
    #[must_use]
    pub fn css(&self) -> String {
        let Self { light, dark } = self;
        [
            ("accent", light.text, dark.text),
            ("accent-fill", light.fill, dark.fill),
            ("accent-fill-hover", light.fill_hover, dark.fill_hover),
            ("on-accent", light.on_fill, dark.on_fill),
            ("accent-soft", light.soft, dark.soft),
        ]
        .map(|(name, light, dark)| format!("--{name}:light-dark({light},{dark});"))
        .concat()
    }
}
