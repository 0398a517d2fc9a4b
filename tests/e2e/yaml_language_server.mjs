#!/usr/bin/env node
// yaml-language-server with the schema of `fedgate schema spec`, over its own protocol: completion of
// words and keys, hover text, and a diagnostic for an unknown key, which is what an editor shows.
import {execFileSync, spawn} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

import {Client} from './lsp_client.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const fedgate = process.argv[2];

function fail(reason) {
  throw new Error(reason);
}

function text(lines) {
  return ['# yaml-language-server: $schema=./spec.schema.json', ...lines, ''].join('\n');
}

async function main() {
  const server = join(here, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
  if (!existsSync(server)) {
    console.error('missing: yaml-language-server of tests/e2e/package.json');
    return 77;
  }
  writeFileSync('spec.schema.json', execFileSync(fedgate, ['schema', 'spec']));
  const client = new Client(spawn(process.execPath, [server, '--stdio'], {stdio: ['pipe', 'pipe', 'inherit']}));
  const root = pathToFileURL(process.cwd()).href;
  await client.request('initialize', {
    processId: process.pid,
    rootUri: root,
    capabilities: {
      textDocument: {hover: {contentFormat: ['markdown']}, completion: {completionItem: {}}},
      workspace: {configuration: false},
    },
  });
  client.notify('initialized', {});
  client.notify('workspace/didChangeConfiguration', {
    settings: {yaml: {validate: true, hover: true, completion: true, schemaStore: {enable: false, url: ''}}},
  });

  const uri = `${root}/spec.yaml`;
  const lines = [
    'fedgate: 1',
    'gateway:',
    '  name: edge',
    '  domains: [contoso.com]',
    '  access_edge: {fqdn: sip.contoso.com}',
    'partners:',
    '  - domain: northwind.example',
    '    type: federated',
    '    tls: ',
    '    dialbakc: false',
    '    ',
  ];
  const diagnostics = client.wait('textDocument/publishDiagnostics', (params) => params.diagnostics.length > 0);
  client.notify('textDocument/didOpen', {
    textDocument: {uri, languageId: 'yaml', version: 1, text: text(lines)},
  });

  const found = (await diagnostics).diagnostics;
  const unknown = found.find((one) => one.message.includes('dialbakc'));
  if (unknown === undefined || unknown.range.start.line !== 10) {
    fail(`no diagnostic for the unknown key: ${JSON.stringify(found)}`);
  }

  const at = (line, character) => ({textDocument: {uri}, position: {line, character}});
  const words = await client.request('textDocument/completion', at(9, 9));
  const labels = words.items.map((item) => item.label);
  for (const word of ['required', 'optional', 'not_supported']) {
    if (!labels.includes(word)) {
      fail(`completion of \`tls:\` lacks ${word}: ${labels}`);
    }
  }
  const keys = (await client.request('textDocument/completion', at(11, 4))).items.map((item) => item.label);
  if (!keys.includes('sasl') || !keys.includes('waive') || keys.includes('domain')) {
    fail(`completion of a partner's keys: ${keys}`);
  }
  const hover = await client.request('textDocument/hover', at(9, 5));
  const description = JSON.parse(execFileSync(fedgate, ['schema', 'spec'])).$defs.partner.properties.tls.description;
  const shown = JSON.stringify(hover);
  if (!shown.includes(description)) {
    fail(`hover of tls: ${shown}`);
  }

  const fixed = client.wait('textDocument/publishDiagnostics', (params) => params.diagnostics.length === 0);
  lines[8] = '    tls: required';
  lines[9] = '    dialback: false';
  lines.pop();
  client.notify('textDocument/didChange', {textDocument: {uri, version: 2}, contentChanges: [{text: text(lines)}]});
  await fixed;
  await client.shutdown();
  return 0;
}

main().then(
  (status) => process.exit(status),
  (error) => {
    console.error(`FAILED: ${error.message}`);
    process.exit(1);
  },
);
