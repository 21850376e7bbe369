//! Styles of the OGC (SLD 1.0.0), for GeoServer and others.

use super::{LAYER, class_column};
use crate::render::styled::Styled;
use crate::scale::{Fill, Pattern};
use crate::values::foreign::xml;
use std::fmt::Write;

/// A whole style file.
pub fn style(map: &Styled) -> String {
    let (title, id, column) = (xml(&map.title), xml(&map.id), xml(&class_column(&map.id)));
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<StyledLayerDescriptor version=\"1.0.0\" xmlns=\"http://www.opengis.net/sld\" \
         xmlns:ogc=\"http://www.opengis.net/ogc\">\n<NamedLayer><Name>{LAYER}</Name><UserStyle><Name>{id}</Name><Title>{title}</Title><FeatureTypeStyle>\n"
    );
    for (label, fill) in &map.classes {
        let label = xml(label);
        let ground = match fill {
            Fill::Colour(ground) => *ground,
            Fill::Hatch(hatch) => hatch.ground,
        };
        let _ = write!(
            text,
            "<Rule><Name>{label}</Name><Title>{label}</Title><ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>{column}</ogc:PropertyName>\
             <ogc:Literal>{label}</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter><PolygonSymbolizer><Fill><CssParameter name=\"fill\">{}\
             </CssParameter></Fill><Stroke><CssParameter name=\"stroke\">#3c4043</CssParameter><CssParameter name=\"stroke-width\">0.6</CssParameter>\
             </Stroke></PolygonSymbolizer>",
            ground.hex()
        );
        if let Fill::Hatch(hatch) = fill {
            let mark = match hatch.pattern {
                Pattern::Diagonal => "shape://slash",
                Pattern::Falling => "shape://backslash",
                Pattern::Level => "shape://horline",
                Pattern::Upright => "shape://vertline",
                Pattern::Cross => "shape://plus",
                Pattern::Dots => "shape://dot",
            };
            let _ = write!(
                text,
                "<PolygonSymbolizer><Fill><GraphicFill><Graphic><Mark><WellKnownName>{mark}</WellKnownName><Stroke><CssParameter name=\"stroke\">{}\
                 </CssParameter></Stroke></Mark><Size>8</Size></Graphic></GraphicFill></Fill></PolygonSymbolizer>",
                hatch.ink.hex()
            );
        }
        text.push_str("</Rule>\n");
    }
    text.push_str("</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>\n");
    text
}
