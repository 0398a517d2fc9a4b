#!/usr/bin/env node
// Usage: parse_powershell.mjs [--strings] FILE...
//
// Parses PowerShell files with tree-sitter's grammar and prints `file:line:column: what` for every
// place that PowerShell would not read as it is meant; exits with 1 where there is one, with 2 on
// bad usage. With --strings it prints a JSON array of all string literals, in order, as
// {file, line, column, kind, value}: what PowerShell holds after reading the literal, null where the
// literal has variables or subexpressions in it. Kinds: verbatim, verbatim_here, expandable,
// expandable_here.
//
// Two things are checked beside the grammar, which knows neither:
// - Quotes. U+2018 to U+201B end a single-quoted string and U+201C to U+201E a double-quoted one
//   just as ' and " do (PowerShell language specification, section 2.3.5.2), so inside a string
//   they have to be doubled, and outside they would open one. U+2013 to U+2015 are dashes.
// - Encoding. Windows PowerShell reads a file without byte order mark in the system's ANSI code
//   page (about_Character_Encoding), so a file has to be ASCII or start with the UTF-8 mark.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {setFlagsFromString} from 'node:v8';

import {Language, Parser} from 'web-tree-sitter';

const require = createRequire(import.meta.url);

const SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b";
const DOUBLE_QUOTES = '"\u201c\u201d\u201e';
const TYPOGRAPHIC = /[\u2018-\u201e\u2013-\u2015]/gu;
const ESCAPES = {0: '\0', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v'};
const KINDS = {
  verbatim_string_characters: 'verbatim',
  verbatim_here_string_characters: 'verbatim_here',
  expandable_string_literal: 'expandable',
  expandable_here_string_literal: 'expandable_here',
};

// The grammar's tables are one huge WebAssembly function, which V8's optimizing compiler takes ten
// seconds for; the baseline compiler takes none that matter and is fast enough.
async function makeParser() {
  setFlagsFromString('--liftoff-only');
  await Parser.init();
  const parser = new Parser();
  const grammar = require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
  parser.setLanguage(await Language.load(grammar));
  return parser;
}

// Every node of the tree, parents first, without recursion: a script may be deep.
function* walk(tree) {
  const cursor = tree.walk();
  for (;;) {
    yield cursor.currentNode;
    if (cursor.gotoFirstChild()) {
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        return;
      }
    }
  }
}

// The value of a string's inner text whose quote characters are doubled and, in an expandable
// string, whose backticks escape. A lone quote ends the string for PowerShell: `onLoneQuote` gets
// its offset.
function decodeQuoted(text, quotes, expandable, onLoneQuote) {
  let value = '';
  for (let at = 0; at < text.length; ++at) {
    let character = text[at];
    if (expandable && character === '`' && at + 1 < text.length) {
      character = text[++at];
      value += ESCAPES[character] ?? (character === '\n' ? '' : character);
      continue;
    }
    if (quotes.includes(character)) {
      if (at + 1 < text.length && quotes.includes(text[at + 1])) {
        character = text[++at];
      } else {
        onLoneQuote(at);
      }
    }
    value += character;
  }
  return value;
}

// A here-string ends at a line that starts with its quote and `@`; nothing is doubled in it.
function decodeHere(text, quotes, expandable, onEnd) {
  const lines = text.split('\n');
  const body = lines.slice(1, -1);
  let offset = lines[0].length + 1;
  for (const line of body) {
    if (line.length > 1 && quotes.includes(line[0]) && line[1] === '@') {
      onEnd(offset);
    }
    offset += line.length + 1;
  }
  const joined = body.join('\n').replace(/\r$/u, '');
  return expandable ? decodeQuoted(joined, '', true, () => {}) : joined;
}

function decode(node, report) {
  const kind = KINDS[node.type];
  const expandable = kind.startsWith('expandable');
  const quotes = expandable ? DOUBLE_QUOTES : SINGLE_QUOTES;
  const value = kind.endsWith('here')
    ? decodeHere(node.text, quotes, expandable, (offset) => {
        report(node.startIndex + offset, 'the here-string ends here');
      })
    : decodeQuoted(node.text.slice(1, -1), quotes, expandable, (offset) => {
        report(node.startIndex + 1 + offset, 'the string ends at this quote');
      });
  return {kind, value: expandable && node.namedChildCount > 0 ? null : value};
}

function readSource(file, complain) {
  const bytes = readFileSync(file);
  const text = bytes.toString('utf8');
  if (Buffer.compare(Buffer.from(text, 'utf8'), bytes) !== 0) {
    complain(1, 1, 'not UTF-8');
  }
  if (text.includes('\0')) {
    complain(1, 1, 'holds a NUL character');
  }
  if (text.startsWith('\ufeff')) {
    return text.slice(1);
  }
  const line = text.split('\n').findIndex((content) => /[^\0-\x7f]/u.test(content));
  if (line >= 0) {
    complain(line + 1, 1, 'not ASCII, and the file has no byte order mark');
  }
  return text;
}

function examine(parser, file, complain) {
  const source = readSource(file, complain);
  const lineStarts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  const report = (offset, what) => {
    const line = lineStarts.findLastIndex((start) => start <= offset);
    complain(line + 1, offset - lineStarts[line] + 1, what);
  };
  const strings = [];
  const quoted = [];
  for (const node of walk(parser.parse(source))) {
    if (node.isMissing) {
      report(node.startIndex, `MISSING ${node.type}`);
    } else if (node.isError) {
      const text = node.text.split('\n', 1)[0];
      report(node.startIndex, `ERROR at ${JSON.stringify(text.slice(0, 60))}`);
    } else if (node.type in KINDS) {
      const {row, column} = node.startPosition;
      strings.push({file, line: row + 1, column: column + 1, ...decode(node, report)});
      quoted.push([node.startIndex, node.endIndex]);
    } else if (node.type === 'comment') {
      quoted.push([node.startIndex, node.endIndex]);
    }
  }
  let next = 0;
  for (const {index, 0: character} of source.matchAll(TYPOGRAPHIC)) {
    while (next < quoted.length && quoted[next][1] <= index) {
      ++next;
    }
    if (next === quoted.length || index < quoted[next][0]) {
      const code = character.codePointAt(0).toString(16).toUpperCase();
      report(index, `U+${code} outside of a string`);
    }
  }
  return strings;
}

async function main(argv) {
  const files = argv.filter((argument) => argument !== '--strings');
  if (files.length === 0 || files.some((file) => file.startsWith('--'))) {
    console.error('usage: parse_powershell.mjs [--strings] FILE...');
    return 2;
  }
  const parser = await makeParser();
  const strings = [];
  let places = 0;
  for (const file of files) {
    const complain = (line, column, what) => {
      ++places;
      console.error(`${file}:${line}:${column}: ${what}`);
    };
    strings.push(...examine(parser, file, complain));
  }
  if (files.length < argv.length) {
    console.log(JSON.stringify(strings, null, 1));
  }
  return places === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
