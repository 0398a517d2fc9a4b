#!/usr/bin/env node
// `fedgate lsp` over pipes, as an editor talks to it: diagnostics of every file of a spec, equal to
// those of `check`; hover, fixes, definition; unsaved and broken buffers; UTF-16 positions; and what
// no editor should send.
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

import {Client} from './lsp_client.mjs';

const fedgate = process.argv[2];
const day = '2026-11-22';
const root = process.cwd();

function start() {
  return new Client(spawn(fedgate, ['lsp', '--stdio', '--as-of', day], {stdio: ['pipe', 'pipe', 'inherit']}));
}

async function initialized(options = {}) {
  const client = start();
  const answer = await client.request('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: {general: {positionEncodings: options.encodings ?? ['utf-16']}},
  });
  client.notify('initialized', {});
  return [client, answer.capabilities];
}

const uriOf = (path) => pathToFileURL(join(root, path)).href;

function open(client, path, text = readFileSync(path, 'utf8')) {
  client.notify('textDocument/didOpen', {
    textDocument: {uri: uriOf(path), languageId: 'yaml', version: 1, text},
  });
}

const diagnosticsOf = (client, path, accepts = () => true) =>
  client
    .wait('textDocument/publishDiagnostics', (params) => params.uri === uriOf(path) && accepts(params.diagnostics))
    .then((params) => params.diagnostics);

// Where a text stands in a file, as the protocol counts.
function place(text, part, skip = 0) {
  const at = text.indexOf(part) + skip;
  assert.ok(at >= skip, part);
  const before = text.slice(0, at).split('\n');
  return {line: before.length - 1, character: before.at(-1).length};
}

function apply(text, edits) {
  const lines = text.split('\n');
  const offset = ({line, character}) => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((result, {range, newText}) =>
      result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)), text);
}

const gatewayText = `# Our side.
fedgate: 1
gateway:
  name: edge
  domains: [contoso.com]
  access_edge: {fqdn: sip.contoso.com}
  certificate: external-edge
`;
const restText = `certificates:
  - name: external-edge
partners:
  - domain: northwind.example
    description: "𝔸 Northwind"  # beyond the basic plane
    type: Federated   # as the cmdlet spells it
    dialback: true
  - {domain: contoso.com, type: federated}
  - domain: adatum.example
    type: federated
    dialback: true
    waive: [{rule: NEG001, reason: legacy}]
`;

function write() {
  mkdirSync('federation', {recursive: true});
  writeFileSync('federation/gateway.yaml', gatewayText);
  writeFileSync('federation/rest.yaml', restText);
}

// The findings of `check` as an editor would count them.
function checked(paths) {
  const done = spawnSync(fedgate, ['check', '--as-of', day, '--format', 'json', ...paths], {encoding: 'utf8'});
  return JSON.parse(done.stdout).findings.map(({code, file, line, end_line: endLine}) => [code, file, line, endLine]);
}

async function testDiagnostics() {
  write();
  const [client, capabilities] = await initialized();
  assert.equal(capabilities.positionEncoding, 'utf-16');
  const waiting = diagnosticsOf(client, 'federation/rest.yaml');
  open(client, 'federation/gateway.yaml');
  const diagnostics = (await waiting).filter((one) => one.severity !== 4);
  const seen = diagnostics.map(({code, range}) => [code, 'federation/rest.yaml', range.start.line + 1, range.end.line + 1]);
  assert.deepEqual(seen.sort(), checked(['federation']).sort());
  assert.deepEqual(seen.map(([code]) => code).sort(), ['NEG001', 'SPC003', 'SPC009']);
  const own = diagnostics.find(({code}) => code === 'SPC009');
  assert.equal(own.relatedInformation[0].location.uri, uriOf('federation/gateway.yaml'));

  // An unsaved change of the one file changes what is found in the other.
  const gone = diagnosticsOf(client, 'federation/rest.yaml', (list) => list.every(({code}) => code !== 'SPC009'));
  client.notify('textDocument/didChange', {
    textDocument: {uri: uriOf('federation/gateway.yaml'), version: 2},
    contentChanges: [{
      range: {start: place(gatewayText, 'contoso.com]'), end: place(gatewayText, ']')},
      text: 'fabrikam.example',
    }],
  });
  await gone;

  // A broken buffer has its diagnostic, and mended it loses it again.
  const broken = diagnosticsOf(client, 'federation/gateway.yaml', (list) => list.some(({code}) => code.startsWith('YML')));
  client.notify('textDocument/didChange', {
    textDocument: {uri: uriOf('federation/gateway.yaml'), version: 3},
    contentChanges: [{text: gatewayText.replace('[contoso.com]', '[contoso.com')}],
  });
  await broken;
  const mended = diagnosticsOf(client, 'federation/gateway.yaml', (list) => list.length === 0);
  client.notify('textDocument/didChange', {
    textDocument: {uri: uriOf('federation/gateway.yaml'), version: 4},
    contentChanges: [{text: gatewayText}],
  });
  await mended;

  // Closed without saving: what is on disk counts, and a closed spec has no diagnostics.
  const cleared = diagnosticsOf(client, 'federation/rest.yaml', (list) => list.length === 0);
  client.notify('textDocument/didClose', {textDocument: {uri: uriOf('federation/gateway.yaml')}});
  await cleared;
  assert.equal(await client.shutdown(), 0);
}

async function testFeatures() {
  write();
  const [client] = await initialized();
  const first = diagnosticsOf(client, 'federation/rest.yaml');
  open(client, 'federation/gateway.yaml');
  open(client, 'federation/rest.yaml');
  await first;
  const rest = {textDocument: {uri: uriOf('federation/rest.yaml')}};
  const gateway = {textDocument: {uri: uriOf('federation/gateway.yaml')}};

  const onFinding = await client.request('textDocument/hover', {...rest, position: place(restText, 'Federated', 2)});
  const explained = execFileSync(fedgate, ['explain', 'SPC003'], {encoding: 'utf8'});
  assert.ok(onFinding.contents.value.includes(explained.trim()), onFinding.contents.value);
  const onWaiver = await client.request('textDocument/hover', {...rest, position: place(restText, 'NEG001')});
  assert.match(onWaiver.contents.value, /inert-dialback[^]*bad:/u);
  const onKey = await client.request('textDocument/hover', {...gateway, position: place(gatewayText, 'access_edge')});
  assert.match(onKey.contents.value, /\*\*access_edge\*\*: the service that federation partners connect to/u);
  assert.equal(await client.request('textDocument/hover', {...gateway, position: place(gatewayText, '# Our')}), null);

  const range = {start: place(restText, 'Federated'), end: place(restText, 'Federated', 1)};
  const actions = await client.request('textDocument/codeAction', {...rest, range, context: {diagnostics: []}});
  const quick = actions.find((action) => action.kind === 'quickfix');
  assert.equal(quick.diagnostics[0].code, 'SPC003');
  assert.equal(apply(restText, quick.edit.changes[rest.textDocument.uri]), restText.replace('Federated', 'federated'));
  const all = await client.request('textDocument/codeAction', {
    ...rest, range: {start: {line: 0, character: 0}, end: {line: 0, character: 0}},
    context: {diagnostics: [], only: ['source.fixAll']},
  });
  assert.deepEqual(all.map((action) => action.kind), ['source.fixAll.fedgate']);

  // A character beyond the basic plane is two units: the new line comes right behind the quote.
  const afterWide = diagnosticsOf(client, 'federation/rest.yaml', (list) => list.some(({message}) => message.includes('nowhere')));
  const behind = place(restText, '"  # beyond', 1);
  client.notify('textDocument/didChange', {
    textDocument: {uri: rest.textDocument.uri, version: 2},
    contentChanges: [{range: {start: behind, end: behind}, text: '\n    nowhere: 1'}],
  });
  const unknown = (await afterWide).find(({message}) => message.includes('nowhere'));
  assert.equal(unknown.code, 'SPC001');
  assert.deepEqual(unknown.range, {start: {line: 5, character: 4}, end: {line: 5, character: 11}});

  const target = await client.request('textDocument/definition', {...gateway, position: place(gatewayText, 'external-edge', 3)});
  assert.equal(target.uri, rest.textDocument.uri);
  assert.deepEqual(target.range.start, place(restText, 'external-edge'));
  assert.equal(await client.request('textDocument/definition', {...gateway, position: place(gatewayText, 'edge')}), null);
  assert.equal(await client.shutdown(), 0);
}

async function testEncodings() {
  const text = 'fedgate: 1\n"𝔸é": 1\n';
  for (const [encodings, chosen, end] of [[['utf-8'], 'utf-8', 8], [['utf-32', 'utf-16'], 'utf-32', 4],
    [['utf-7'], 'utf-16', 5], [[], 'utf-16', 5]]) {
    const [client, capabilities] = await initialized({encodings});
    assert.equal(capabilities.positionEncoding, chosen);
    const waiting = diagnosticsOf(client, 'wide.yaml', (list) => list.some(({code}) => code === 'SPC001'));
    open(client, 'wide.yaml', text);
    const unknown = (await waiting).find(({code}) => code === 'SPC001');
    assert.deepEqual(unknown.range, {start: {line: 1, character: 0}, end: {line: 1, character: end}});
    await client.shutdown();
  }
}

async function testForeignFiles() {
  mkdirSync('several', {recursive: true});
  writeFileSync('several/a.yaml', gatewayText.replace('certificate: external-edge', 'platform: prosody'));
  writeFileSync('several/b.yaml', gatewayText.replace('certificate: external-edge', 'platform: posody'));
  writeFileSync('several/compose.yaml', 'services:\n  web: {image: x}\n');
  const [client] = await initialized();
  const waiting = diagnosticsOf(client, 'several/b.yaml');
  open(client, 'several/compose.yaml');
  open(client, 'several/a.yaml');
  open(client, 'several/b.yaml');
  // Two files that each state the version are two specs; a file of something else is none.
  const codes = (await waiting).map(({code}) => code);
  assert.ok(codes.includes('SPC003') && !codes.includes('SPC007'), String(codes));
  await client.request('textDocument/hover', {textDocument: {uri: uriOf('several/compose.yaml')}, position: {line: 0, character: 1}});
  assert.ok(!client.notifications.some(({params}) => params.uri === uriOf('several/compose.yaml')));

  // A document that is in no file yet.
  const untitled = client.wait('textDocument/publishDiagnostics', (params) => params.uri === 'untitled:Untitled-1');
  client.notify('textDocument/didOpen', {
    textDocument: {uri: 'untitled:Untitled-1', languageId: 'yaml', version: 1, text: 'gateway: {nam: x}\n'},
  });
  assert.ok((await untitled).diagnostics.some(({message}) => message.includes('nam')));
  await client.shutdown();
}

async function testProtocol() {
  const early = start();
  assert.equal((await early.call('textDocument/hover', {})).error.code, -32002);
  early.notify('textDocument/didOpen', {textDocument: {uri: uriOf('x.yaml'), version: 1, text: 'a: ['}});
  early.notify('exit', null);
  assert.equal(await early.ended, 1);

  const [client] = await initialized();
  assert.equal((await client.call('initialize', {})).error.code, -32600);
  assert.equal((await client.call('textDocument/rename', {})).error.code, -32601);
  assert.equal((await client.call('textDocument/hover', {textDocument: 1})).error.code, -32602);
  const position = {line: 4_000_000_000, character: 4_000_000_000};
  assert.equal(await client.request('textDocument/hover', {textDocument: {uri: uriOf('none.yaml')}, position}), null);
  for (const text of ['{', '[]', '1', '{"jsonrpc":"2.0","id":{},"method":"x"}', '{"jsonrpc":"1.0","id":1,"method":"x"}',
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`]) {
    client.sendText(text);
  }
  for (const params of [null, 1, {}, {textDocument: {uri: 1, text: 2}}, {textDocument: {uri: uriOf('q.yaml')}, contentChanges: [{range: {}}]}]) {
    client.notify('textDocument/didOpen', params);
    client.notify('textDocument/didChange', params);
    client.notify('textDocument/didClose', params);
  }
  // An old version is passed over.
  const text = gatewayText.replace('  certificate: external-edge\n', '');
  const clean = diagnosticsOf(client, 'alone.yaml');
  open(client, 'alone.yaml', text);
  await clean;
  client.notify('textDocument/didChange', {textDocument: {uri: uriOf('alone.yaml'), version: 1}, contentChanges: [{text: 'a: ['}]});
  await client.request('textDocument/hover', {textDocument: {uri: uriOf('alone.yaml')}, position: {line: 0, character: 0}});
  assert.ok(client.notifications.some(({method, params}) => method === 'window/logMessage' && params.message.includes('old version')));
  const errors = client.notifications.filter(({method}) => method === 'unexpected answer').map(({params}) => params.error.code);
  assert.deepEqual(errors, [-32700, -32600, -32600, -32600, -32600, -32600]);
  assert.equal((await client.call('shutdown', null)).result, null);
  assert.equal((await client.call('textDocument/hover', {})).error.code, -32600);
  client.notify('exit', null);
  assert.equal(await client.ended, 0);

  // Framing that cannot be read ends the server, with a reason.
  for (const bytes of ['Content-Length: x\r\n\r\n', 'Content-Length: 1\r\nContent-Length: 2\r\n\r\n', 'Content-Type: y\r\n\r\n',
    `X: ${'x'.repeat(10_000)}`, 'no colon\r\n\r\n']) {
    const done = spawnSync(fedgate, ['lsp'], {input: bytes, encoding: 'utf8'});
    assert.equal(done.status, 3, bytes.slice(0, 40));
    assert.match(done.stderr, /^fedgate: lsp: /u);
  }
  // The end of the stream without `exit`.
  assert.equal(spawnSync(fedgate, ['lsp'], {input: ''}).status, 1);
}

async function testHugeMessage() {
  const [client] = await initialized();
  const size = 170 * 1024 * 1024;
  client.child.stdin.write(`Content-Length: ${size}\r\n\r\n`);
  const piece = Buffer.alloc(1024 * 1024, 32);
  for (let sent = 0; sent < size; sent += piece.length) {
    if (!client.child.stdin.write(piece)) {
      await new Promise((resolve) => client.child.stdin.once('drain', resolve));
    }
  }
  await client.shutdown();
  assert.deepEqual(client.notifications.map(({params}) => params.error?.code), [-32600]);
}

const tests = [testDiagnostics, testFeatures, testEncodings, testForeignFiles, testProtocol, testHugeMessage];
for (const test of tests) {
  try {
    await test();
  } catch (error) {
    console.error(`FAILED: ${test.name}: ${error.stack}`);
    process.exit(1);
  }
}
process.exit(0);
