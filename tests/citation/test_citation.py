"""How a release is cited, and the file by which the project is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from flask.testing import FlaskClient

from csto_graph import __version__
from csto_graph.backend.embedded import Embedded
from csto_graph.citation import STYLES, citation
from csto_graph.cli import main
from csto_graph.model import Release
from csto_graph.serve.app import create_app
from tests.release.stores import publish_members

ROOT = Path(__file__).resolve().parents[2]
# Citation File Format 1.2.0, https://github.com/citation-file-format/citation-file-format, CC BY 4.0.
SCHEMA = json.loads(Path(__file__).with_name("cff-1.2.0.schema.json").read_text(encoding="utf-8"))
RELEASE = Release(3, Path("nowhere"), "ab" * 32, "2022-02-01T23:30:00-05:00")


def valid(document: str) -> dict[str, Any]:
    """The fields of a citation file. Dates are text in the schema, and times of their own in YAML 1.1."""
    fields = yaml.load(document, yaml.BaseLoader)
    jsonschema.Draft7Validator(SCHEMA).validate(fields)
    return dict(fields)


def test_the_citation_file_is_valid() -> None:
    """By the schema of CFF 1.2.0, with the version of the package and both licences."""
    fields = valid((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert fields["version"] == __version__ and fields["license"] == ["MIT", "CC-BY-4.0"]


def test_the_schema_refuses_what_is_wrong() -> None:
    """A date that is none, a field that there is not."""
    document = citation(RELEASE, "cff")
    for wrong in (document.replace("2022-02-02", "2022"), f"{document}colour: red\n", document.replace("title", "titel")):
        with pytest.raises(jsonschema.ValidationError):
            valid(wrong)


def test_a_release_as_a_citation_file() -> None:
    """Valid, with the number, the day of publication in UTC and the hash of the content."""
    fields = valid(citation(RELEASE, "cff"))
    assert (fields["version"], fields["date-released"], fields["type"]) == ("3", "2022-02-02", "dataset")
    assert fields["identifiers"][0]["value"] == f"sha256:{'ab' * 32}"


def test_a_release_as_csl_json() -> None:
    """One item of the type dataset."""
    (item,) = json.loads(citation(RELEASE, "csl-json"))
    assert (item["type"], item["version"], item["issued"]) == ("dataset", "3", {"date-parts": [[2022, 2, 2]]})


@pytest.mark.parametrize("style", STYLES)
def test_every_citation_has_number_day_and_content(style: str) -> None:
    """Whatever its form, and the same each time."""
    written = citation(RELEASE, style)
    assert written == citation(RELEASE, style) and written.endswith("\n")
    assert "release 3" in written and "ab" * 32 in written and "2022" in written and "https://w3id.org/csto-graph/dataset" in written


def test_bibtex_is_balanced() -> None:
    """Braces close, and the last field ends as the others do."""
    written = citation(RELEASE, "bibtex")
    assert written.startswith("@misc{csto-graph-3-abababab,\n") and written.count("{") == written.count("}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With one release."""
    folder = tmp_path_factory.mktemp("cited")
    publish_members(folder)
    return folder


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[FlaskClient]:
    """Of a service over that home."""
    embedded = Embedded(home, readers=1, start=False)
    yield create_app(embedded, ROOT / "queries").test_client()
    embedded.close()


def test_the_command_line_cites(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The current release without a number; exit 2 for one that is not there."""
    assert main(["releases", "cite", "--home", str(home)]) == 0
    assert "release 1" in capsys.readouterr().out
    assert main(["releases", "cite", "1", "--format", "cff", "--home", str(home)]) == 0
    assert valid(capsys.readouterr().out)["version"] == "1"
    assert main(["releases", "cite", "7", "--home", str(home)]) == 2


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("*/*", "text/plain"), ("application/x-bibtex", "application/x-bibtex"), ("application/json", "application/vnd.citationstyles.csl+json"), ("application/yaml", "application/yaml")],
)
def test_the_service_cites(client: FlaskClient, accept: str, media_type: str) -> None:
    """By Accept; the address is that of the release here."""
    response = client.get("/releases/1/citation", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert "http://localhost/release/1" in response.text
    again = client.get("/releases/1/citation", headers={"Accept": accept, "If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304 and "Content-Location" not in response.headers


def test_what_cannot_be_cited(client: FlaskClient) -> None:
    """A release that is not there, a form that there is not."""
    assert client.get("/releases/9/citation").status_code == 404
    refused = client.get("/releases/1/citation?format=mla")
    assert refused.status_code == 406 and "bibtex" in refused.get_json()["detail"]


def test_pages_lead_to_it(client: FlaskClient) -> None:
    """The list of releases and that of the dumps."""
    for path in ("/releases", "/dumps/"):
        assert '/releases/1/citation"' in client.get(path, headers={"Accept": "text/html"}).text
