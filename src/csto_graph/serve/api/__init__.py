"""The stored questions as an API: each is `/api/<name>`, and `/openapi.json` describes them (OpenAPI 3.1)."""
