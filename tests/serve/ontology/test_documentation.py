"""The documentation: every term in full, readable without scripts."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from csto_graph import resources
from csto_graph.namespaces import CST, SH
from csto_graph.serve.ontology.shapes import shapes

ROOM = resources.root() / "ontology"


class Page(HTMLParser):
    """Anchors, links, headings, and the text of each term."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.headings: list[int] = []
        self.terms: dict[str, str] = {}
        self._term = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what is opened."""
        given = dict(attrs)
        self.tags[tag] += 1
        self.ids.update(filter(None, [given.get("id")]))
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self._term = (given.get("id") or "") if tag == "article" else self._term

    def handle_endtag(self, tag: str) -> None:
        """A term ends with its article."""
        self._term = "" if tag == "article" else self._term

    def handle_data(self, data: str) -> None:
        """Adds to the text of the term."""
        if self._term:
            self.terms[self._term] = " ".join(f"{self.terms.get(self._term, '')} {data}".split())


@pytest.fixture(scope="module")
def page(vocabulary: FlaskClient) -> Page:
    return Page(vocabulary.get("/ontology.html").text)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOM / "csto.ttl")


def test_every_term_has_its_anchor_with_what_is_said_of_it(page: Page, ontology: Graph) -> None:
    """The local name is the anchor; IRI, labels in each language and definition stand there."""
    terms = {str(term) for term in ontology.subjects(RDF.type) if str(term).startswith(CST)}
    assert {iri.removeprefix(CST) for iri in terms} == page.terms.keys()
    for iri in terms:
        told = page.terms[iri.removeprefix(CST)]
        said = [iri, *(o for p in (RDFS.label, SKOS.definition) for o in ontology.objects(next(s for s in [CST[iri.removeprefix(CST)]]), p))]
        assert [text for text in said if " ".join(str(text).split()) not in told] == []


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("memberOf", "Domain Actor"), ("memberOf", "Range Organisation"), ("memberOf", "Aligned under org:memberOf"),
        ("memberOf", "Inverse of hasMember"), ("hasMember", "Inverse of memberOf"), ("locatedIn", "object property, transitive"),
        ("memberOf", "Follows from inverse of member , then organisation"), ("invoked", "Follows from invoked , then provisionOf"),
        ("State", "Under Actor , Location"), ("Actor", "Above ArmedForce"), ("Treaty", "Nothing is both this and Event"),
        ("Event", "Nothing is both this and ArmedForce"), ("disagrees", "Above oneSide , otherSide"),
        ("StatementStatus", "Members Asserted"), ("Asserted", "Is a StatementStatus"), ("date", "Same as rdfs:Literal"),
        ("Membership", "Domain of member , organisation"), ("Organisation", "Range of headquartersOf , memberOf"),
        ("time", "Goes with Event , Situation , Statement"), ("rule", "Leads to"),
        ("memberOf", "belong verb subject: grammatical subject; object: prepositional object, with “to”"),
        ("memberOf", "Belarus belongs to the CSTO."), ("requestedAssistanceFrom", "headed by a noun of cst:ArmedForce, “aid”, “arm”"), ("memberOf", "membership-member", ), ("ArmedForce", "names one"),
        ("Membership", "membership-member Violation For every cst:Membership: cst:member : at least 1; at most 1; of class cst:Actor"),
        ("member", "“A membership has exactly one member, an actor: make one membership for each.”"),
        ("time", "There is at most one time."), ("iso3166Alpha2", "See also https://www.iso.org/iso-3166-country-codes.html"),
    ],
)  # fmt: skip
def test_axioms_words_and_shapes_are_told(page: Page, term: str, told: str) -> None:
    """Each kind of axiom, the lexicon and the shapes are told in words at the term they are about."""
    if (term, told) == ("memberOf", "membership-member"):
        assert told not in page.terms[term]  # the shape of another property
    else:
        assert told in page.terms[term]


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("memberOf", "Uses 2 in facts, 0 in evidence, stated 2 times"), ("State", "Uses 2 in facts, 0 in evidence"),
        ("Statement", "Uses 0 in facts, 2 in evidence"), ("Asserted", "Uses 0 in facts, 1 in evidence"),
        ("iso3166Alpha2", "Uses 1 in facts"), ("borders", "Uses 0 in facts, 0 in evidence, stated 0 times"),
    ],
)  # fmt: skip
def test_uses_are_those_of_the_release(page: Page, term: str, told: str) -> None:
    """Facts of the default graph are counted once, whichever source they are in as well; what is stated is counted apart."""
    assert told in page.terms[term]


def test_every_link_leads_somewhere(page: Page, vocabulary: FlaskClient) -> None:
    """An anchor is on the page once, and what leads to another page of ours finds its anchor there."""
    assert [anchor for anchor, times in page.ids.items() if times > 1] == []
    assert [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] == []
    for path in ("/lexicon", "/shapes"):
        other = Page(vocabulary.get(f"{path}.html").text)
        assert [anchor for anchor, times in other.ids.items() if times > 1] == []
        wanted = {link.partition("#")[2] for link in page.links if link.startswith(f"{path}#")}
        assert wanted and wanted <= other.ids.keys()
        back = {link.partition("#")[2] for link in other.links if link.startswith("/ontology#")}
        assert back <= page.ids.keys()


def test_it_is_read_without_scripts_and_by_ear(page: Page, vocabulary: FlaskClient) -> None:
    """No script, a heading of each level under the one above, a language, a main part and labelled navigation; the content table
    has every section, and the tree every class."""
    text = vocabulary.get("/ontology.html").text
    assert page.tags["script"] == 0 and page.tags["main"] == 1 and '<html lang="en">' in text
    assert all(below - above <= 1 for above, below in zip(page.headings, page.headings[1:], strict=False)) and page.headings[0] == 1
    for section in ("classes", "object-properties", "datatype-properties", "individuals", "datatypes"):
        assert f'href="#section-{section}"' in text and f'id="section-{section}"' in text
    assert not re.search(r"<summary>(?:(?!</summary>).)*<a ", text, re.S)  # what opens a list is no link as well
    tree = text.partition('class="tree"')[2].partition("</section>")[0]
    assert set(re.findall(r'href="#(\w+)"', tree)) == {t for t in page.terms if f'id="label-{t}"' in text and t[0].isupper()} - {
        "Asserted", "Attributed", "Negated", "Planned", "Hypothetical", "SurenessA", "SurenessB", "SurenessC",
    }  # fmt: skip


def test_every_shape_is_told(vocabulary: FlaskClient) -> None:
    """Each shape with its message, and every kind of constraint that the files use has words: none is passed over."""
    told = Page(vocabulary.get("/shapes.html").text)
    graph = Graph()
    for path in sorted((ROOM / "shapes").glob("*.ttl")):
        graph.parse(path)
    for message in graph.objects(None, SH.message):
        assert any(" ".join(str(message).split()) in text for text in told.terms.values())
    assert "For whatever has a cst:borders or cst:locatedIn with location-borders , location-located-in" in told.terms["Location"]
    silent = {SH.path, SH.message, SH.property, SH.targetClass, SH.targetSubjectsOf, SH.severity, SH.inversePath}
    spoken = {SH[name] for name in _words()}
    used = {predicate for predicate in graph.predicates() if str(predicate).startswith(SH)}
    assert used - silent - spoken == set()
    assert all(each.asks or each.message or not each.path for each in shapes().constraints)


def _words() -> set[str]:
    from csto_graph.serve.ontology import shapes as room

    return {*room._WORDS, *room._LOGICAL, "not", "qualifiedValueShape"}


def test_words_that_hold_a_clause_say_how(vocabulary: FlaskClient) -> None:
    """A family that denotes nothing says which status what it governs has."""
    told = Page(vocabulary.get("/lexicon.html").text)
    assert any(re.search(r"clause: cst:(?:Planned|Hypothetical|Negated|Attributed)", text) for text in told.terms.values())


def test_markup_in_a_release_stays_text(page: Page, ontology: Graph) -> None:
    """What a release says is escaped: the page has the elements of the templates and no others."""
    assert page.tags.keys() <= {
        "html", "head", "meta", "title", "link", "style", "body", "a", "header", "p", "main", "h1", "h2", "h3", "nav", "ul", "li", "details",
        "summary", "section", "dl", "dt", "dd", "article", "small", "span", "b", "br", "q", "code",
    }  # fmt: skip
    assert (None, RDF.type, OWL.Ontology) in ontology
