#!/usr/bin/env node
// Usage: validate_json.mjs SCHEMA FILE...
//
// Validates JSON files, and YAML files by their JSON value, against a JSON Schema (draft 2020-12).
// Prints `file: /pointer: message` for each violation; exits with 1 where there is one, with 2 on
// bad usage. The schema itself is checked against its meta-schema in ajv's strict mode.
import {readFileSync} from 'node:fs';

import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {parse} from 'yaml';

function load(file) {
  const text = readFileSync(file, 'utf8');
  return /\.ya?ml$/u.test(file) ? parse(text) : JSON.parse(text);
}

function main([schemaFile, ...files]) {
  if (files.length === 0) {
    console.error('usage: validate_json.mjs SCHEMA FILE...');
    return 2;
  }
  const ajv = new Ajv2020.default({allErrors: true, strict: true, allowUnionTypes: true});
  addFormats.default(ajv);
  // What editors show beside each word of an enumeration; an annotation of theirs.
  ajv.addKeyword('markdownEnumDescriptions');
  const validate = ajv.compile(load(schemaFile));
  let violations = 0;
  for (const file of files) {
    if (!validate(load(file))) {
      for (const {instancePath, message, params} of validate.errors) {
        ++violations;
        console.error(`${file}: ${instancePath || '/'}: ${message} ${JSON.stringify(params)}`);
      }
    }
  }
  return violations === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
