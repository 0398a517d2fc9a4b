#include "compiler/report/report.h"

namespace fedgate::report {

namespace {

constexpr std::string_view kSchema = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "fedgate report",
  "description": "What `fedgate check --format json` prints. Lines and columns count from 1, columns in Unicode code points; the end is one past the last character.",
  "type": "object",
  "additionalProperties": false,
  "required": ["version", "tool", "as_of", "findings", "waived", "summary"],
  "properties": {
    "version": {"description": "version of this format", "const": 1},
    "tool": {
      "type": "object",
      "additionalProperties": false,
      "required": ["name", "version"],
      "properties": {
        "name": {"const": "fedgate"},
        "version": {"type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$"}
      }
    },
    "as_of": {
      "description": "the day that dated rules used",
      "type": "string",
      "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    },
    "findings": {
      "description": "sorted by file, position and code; with a baseline, the new ones",
      "type": "array",
      "items": {"$ref": "#/$defs/finding"}
    },
    "waived": {
      "description": "findings that a waiver excuses, each with the waiver's reason",
      "type": "array",
      "items": {"$ref": "#/$defs/finding", "type": "object", "required": ["reason"], "properties": {"reason": {"type": "string"}}}
    },
    "known": {
      "description": "with a baseline only: findings that it holds already",
      "type": "array",
      "items": {"$ref": "#/$defs/finding"}
    },
    "summary": {
      "type": "object",
      "additionalProperties": false,
      "required": ["errors", "warnings", "infos", "waived", "files", "partners", "rules"],
      "properties": {
        "errors": {"$ref": "#/$defs/count"},
        "warnings": {"$ref": "#/$defs/count"},
        "infos": {"$ref": "#/$defs/count"},
        "waived": {"$ref": "#/$defs/count"},
        "known": {"$ref": "#/$defs/count"},
        "gone": {"description": "entries of the baseline that were not found", "$ref": "#/$defs/count"},
        "files": {"$ref": "#/$defs/count"},
        "partners": {"$ref": "#/$defs/count"},
        "rules": {"description": "rules that were evaluated", "$ref": "#/$defs/count"}
      }
    }
  },
  "$defs": {
    "count": {"type": "integer", "minimum": 0},
    "position": {"type": "integer", "minimum": 1},
    "finding": {
      "type": "object",
      "additionalProperties": false,
      "required": ["code", "name", "severity", "message", "help", "source", "related", "fingerprint"],
      "dependentRequired": {
        "file": ["line", "column", "end_line", "end_column"],
        "line": ["file"]
      },
      "properties": {
        "code": {"type": "string", "pattern": "^[A-Z][A-Z0-9_-]*[0-9]+$"},
        "name": {"type": "string", "minLength": 1},
        "severity": {"enum": ["error", "warning", "info"]},
        "message": {"type": "string", "minLength": 1},
        "file": {"description": "relative to the working folder where it can be", "type": "string", "minLength": 1},
        "line": {"$ref": "#/$defs/position"},
        "column": {"$ref": "#/$defs/position"},
        "end_line": {"$ref": "#/$defs/position"},
        "end_column": {"$ref": "#/$defs/position"},
        "subject": {
          "description": "the entity that the finding is about",
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "id"],
          "properties": {
            "kind": {"type": "string", "minLength": 1},
            "id": {"type": "string"}
          }
        },
        "help": {"description": "what to do", "type": "string"},
        "source": {"description": "the document that the rule rests on", "type": "string"},
        "related": {
          "description": "further places, each with its own message",
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["message"],
            "properties": {
              "message": {"type": "string"},
              "file": {"type": "string", "minLength": 1},
              "line": {"$ref": "#/$defs/position"},
              "column": {"$ref": "#/$defs/position"},
              "end_line": {"$ref": "#/$defs/position"},
              "end_column": {"$ref": "#/$defs/position"}
            }
          }
        },
        "fix": {
          "description": "the one mechanical answer, which `check --fix` applies",
          "type": "object",
          "additionalProperties": false,
          "required": ["title", "edits"],
          "properties": {
            "title": {"type": "string", "minLength": 1},
            "edits": {
              "type": "array",
              "minItems": 1,
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["file", "line", "column", "end_line", "end_column", "text"],
                "properties": {
                  "file": {"type": "string", "minLength": 1},
                  "line": {"$ref": "#/$defs/position"},
                  "column": {"$ref": "#/$defs/position"},
                  "end_line": {"$ref": "#/$defs/position"},
                  "end_column": {"$ref": "#/$defs/position"},
                  "text": {"description": "what replaces the range", "type": "string"}
                }
              }
            }
          }
        },
        "fingerprint": {
          "description": "the same while unrelated lines move",
          "type": "string",
          "pattern": "^[0-9a-f]{32}$"
        },
        "reason": {"description": "of a waived finding: the waiver's reason", "type": "string"}
      }
    }
  }
}
)json";

}  // namespace

auto report_json_schema() -> std::string_view { return kSchema; }

}  // namespace fedgate::report
