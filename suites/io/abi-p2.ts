/** Owns the canonical ABI's demands on preview 2's streams and errors: forged handles, bad places and lists, and so on. */

import { abiCases } from '../../harness/contracts/abiFaults.ts';
import { bytes, CANONICAL_ABI, handle, value } from '../../harness/contracts/abiParams.ts';
import type { AbiFunction, AbiPlace, AbiTable } from '../../harness/contracts/abiTable.ts';
import { at, dropOf, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;
const WORLD = { preopens: [{ guest: '/', entries: { source: 'content', target: '' } }] } as const;

const INPUT = 'wasi:io/streams#input-stream';
const OUTPUT = 'wasi:io/streams#output-stream';
const ERROR = 'wasi:io/error#error';
const READ = 'wasi:io/streams#[method]input-stream.';
const WRITE = 'wasi:io/streams#[method]output-stream.';
const DESCRIPTOR = 'wasi:filesystem/types#[method]descriptor.';
const BLOCK = 'wasi:io/poll#[method]pollable.block';

function open(s: ScriptBuilder, path: string, ...flags: string[]): Slot {
  const root = at`u32[u32[${s.call('wasi:filesystem/preopens#get-directories').area}]]`;
  return s.call(`${DESCRIPTOR}open-at`, root, [], path, [], flags).value;
}

const source = (s: ScriptBuilder, flag = 'read'): Slot =>
  s.call(`${DESCRIPTOR}read-via-stream`, open(s, 'source', flag), 0n).value;
const target = (s: ScriptBuilder): Slot =>
  s.call(`${DESCRIPTOR}write-via-stream`, open(s, 'target', 'write'), 0n).value;

/** An output stream of which it is known how much may be written. */
const checked = (s: ScriptBuilder): Slot => {
  const stream = s.let(target(s));
  s.call(`${WRITE}check-write`, stream);
  return stream;
};

/** Reading a file that is open for writing only fails by an error that has a description. */
const failure = (s: ScriptBuilder): Slot => {
  const { area } = s.call(`${READ}blocking-read`, source(s, 'write'), 1n);
  return s.let(at`u32[${area} + 8]`);
};

const input = handle({ kind: INPUT, make: (s) => source(s) });
const output = handle({ kind: OUTPUT, make: target });
const writable = handle({ kind: OUTPUT, make: checked });
const error = handle({ kind: ERROR, make: failure });

const place = (sizeBytes: number, align: number): AbiPlace => ({ sizeBytes, align, succeeds: true });
/** `result<_, stream-error>`, and one with a list. */
const PLAIN = place(12, 4);
/** `result<u64, stream-error>`. */
const COUNT = place(16, 8);

/** Reads from a stream of its own each time, once it is ready. */
const reading = (name: string): AbiFunction => ({
  name: `${READ}${name}`,
  params: { self: input, len: value(4n) },
  place: PLAIN,
  returned: {
    align: 1,
    prepare: (s) => {
      const streams = [0, 1].map(() => {
        const stream = s.let(source(s));
        const ready = s.call(`${READ}subscribe`, stream).value;
        s.call(BLOCK, ready);
        s.drop('wasi:io/poll#pollable', ready);
        return stream;
      });
      return (): Step => s.call(`${READ}${name}`, streams.shift() ?? 0, 4n);
    },
  },
});

const CONTENTS = bytes('new');
const LEN = value(3n);

export const abiTableP2: AbiTable = {
  guest: P2.guest,
  world: WORLD,
  functions: [
    { ...reading('read'), all: ['list', 'realloc'] },
    reading('blocking-read'),
    { name: `${READ}skip`, params: { self: input, len: LEN }, place: COUNT },
    { name: `${READ}subscribe`, params: { self: input } },
    { name: `${WRITE}check-write`, params: { self: output }, place: COUNT, all: ['place'] },
    { name: `${WRITE}write`, params: { self: writable, contents: CONTENTS }, place: PLAIN, all: ['list'] },
    {
      name: `${WRITE}blocking-write-and-flush`,
      params: { self: output, contents: CONTENTS },
      place: PLAIN,
    },
    { name: `${WRITE}flush`, params: { self: output }, place: PLAIN },
    { name: `${WRITE}blocking-flush`, params: { self: output }, place: PLAIN },
    { name: `${WRITE}subscribe`, params: { self: output } },
    { name: `${WRITE}write-zeroes`, params: { self: writable, len: LEN }, place: PLAIN },
    { name: `${WRITE}blocking-write-zeroes-and-flush`, params: { self: output, len: LEN }, place: PLAIN },
    {
      name: `${ERROR.replace('#', '#[method]')}.to-debug-string`,
      params: { self: error },
      place: { sizeBytes: 8, align: 4 },
      returned: {
        align: 1,
        prepare: (s) => {
          const one = failure(s);
          return () => s.call('wasi:io/error#[method]error.to-debug-string', one);
        },
      },
    },
    { name: dropOf(INPUT), params: { self: input } },
    { name: dropOf(OUTPUT), params: { self: output } },
    { name: dropOf(ERROR), params: { self: error } },
    { name: `${WRITE}splice`, params: { self: writable, src: input, len: LEN }, place: COUNT },
    { name: `${WRITE}blocking-splice`, params: { self: output, src: input, len: LEN }, place: COUNT },
    { name: `${READ}blocking-skip`, params: { self: input, len: LEN }, place: COUNT },
  ],
  untouched: (s) =>
    s.after('nothing was written', [], ({ after: [world] }) => {
      const found = world?.preopens[0]?.find(({ path }) => path === 'target')?.sizeBytes;
      return found === 0 || `${found} bytes are in the file`;
    }),
};

/** All handles of a component instance are in one table, whatever resource they are of. */
const oneTable: ConformanceCase = {
  ...P2,
  world: WORLD,
  id: 'handles/one-table',
  title: 'Handles of different resources that live at the same time are different numbers',
  spec: CANONICAL_ABI.table,
  script: (s) => {
    const makers = [
      (one: ScriptBuilder) => source(one),
      target,
      (one: ScriptBuilder) => open(one, 'source', 'read'),
      failure,
    ];
    const handles = makers.map((make) => s.let(make(s)));
    const place = s.alloc(handles.length * 4, 4);
    handles.forEach((one, index) => {
      s.store('u32', at`${place} + ${index * 4}`, one);
    });
    s.check('four different numbers', [s.show(place, handles.length * 4)], ({ values: [seen] }) => {
      const shown = seen?.kind === 'ok' ? (seen.value as Uint8Array) : new Uint8Array();
      const numbers = [...new Uint32Array(new Uint8Array(shown).buffer)];
      return new Set(numbers).size === handles.length || `they are ${numbers.join(', ')}`;
    });
  },
};

export const abiP2: ConformanceCase[] = [...abiCases(abiTableP2), oneTable];
