# Opens what a build made in QGIS and prints how many communes each class of each layer holds.
import json
import sys
from qgis.core import QgsApplication, QgsProject, QgsRenderContext, QgsVectorLayer

folder = sys.argv[1]
application = QgsApplication([], False)
application.initQgis()


def counts(layer):
    renderer, context, found = layer.renderer(), QgsRenderContext(), {}
    renderer.startRender(context, layer.fields())
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        for key in renderer.legendKeysForFeature(feature, context):
            found[key] = found.get(key, 0) + 1
    renderer.stopRender(context)
    return {item.label(): found.get(item.ruleKey(), 0) for item in renderer.legendSymbolItems()}


project = QgsProject.instance()
assert project.read(folder + "/gis/ruong.qgz"), "the project does not open"
found = {node.layer().name(): counts(node.layer()) for node in project.layerTreeRoot().findLayers()}
found["geojson"] = counts(QgsVectorLayer(folder + "/tables/communes.geojson", "a", "ogr"))
layer = QgsVectorLayer(folder + "/tables/communes.gpkg|layername=communes", "b", "ogr")
found["geopackage"] = counts(layer)
for map_id in layer.listStylesInDatabase()[2]:
    for ending, load in [("qml", layer.loadNamedStyle), ("sld", layer.loadSldStyle)]:
        message, fits = load(f"{folder}/gis/{map_id}.{ending}")
        assert fits, f"{map_id}.{ending}: {message}"
print("FOUND " + json.dumps(found, ensure_ascii=False))
