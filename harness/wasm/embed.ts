/** Writes a script into a probe, as guests/rust/probe-core/src/embedded.rs lays down, so that it needs no arguments. */

import { binaryBytes, parseBinary, reader, type Section, s32, u32 } from './sections.ts';

const EXPORT = 'wasimeter_embedded';
/** Sections of a core module, by https://webassembly.github.io/spec/core/binary/modules.html#sections */
const [GLOBAL, EXPORTS, DATA, DATA_COUNT] = [6, 7, 11, 12];
/** A component's section that holds a core module. */
const CORE_MODULE = 1;
const I32_CONST = 0x41;
const END = 0x0b;
const I32 = 0x7f;
const GLOBAL_KIND = 3;
const LENGTH_OFFSET = 8;

/**
 * The probe with `text` in it: two data segments are added to its core module, and nothing else is changed. Throws a RangeError for a
 * wasm that has no place for a script, and for a text that is too long.
 */
export function embed(wasm: Uint8Array, text: Uint8Array): Uint8Array {
  const binary = parseBinary(wasm);
  if (binary.kind === 'module') return embedInModule(wasm, text);
  let done = false;
  const sections = binary.sections.map((section): Section => {
    if (done || section.id !== CORE_MODULE || addressOf(section.payload) === undefined) return section;
    done = true;
    return { ...section, payload: embedInModule(section.payload, text) };
  });
  if (!done) throw new RangeError(`none of the component's modules exports ${EXPORT}`);
  return binaryBytes({ ...binary, sections });
}

function embedInModule(wasm: Uint8Array, text: Uint8Array): Uint8Array {
  const module = parseBinary(wasm);
  const address = addressOf(wasm);
  if (address === undefined) throw new RangeError(`the module exports no ${EXPORT}`);
  const data = module.sections.find(({ id }) => id === DATA);
  const head = data && bytesAt(data, address, LENGTH_OFFSET);
  if (!data || !head) throw new RangeError(`no data segment holds what ${EXPORT} points at`);
  const [buffer, capacity] = [head.readUInt32LE(0), head.readUInt32LE(4)];
  if (text.length === 0 || text.length > capacity)
    throw new RangeError(`a script of ${text.length} bytes does not fit: there is room for ${capacity}`);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const added = [segment(buffer, text), segment(address + LENGTH_OFFSET, length)];
  const sections = module.sections.map((section): Section => {
    if (section.id !== DATA && section.id !== DATA_COUNT) return section;
    const input = reader(section.payload);
    const count = u32(input.u32() + added.length);
    const rest = section.payload.subarray(input.at);
    return {
      ...section,
      payload: Buffer.concat([Buffer.from(count), rest, ...(section.id === DATA ? added : [])]),
    };
  });
  return binaryBytes({ ...module, sections });
}

/** An active segment of memory 0. */
const segment = (address: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0, I32_CONST, ...s32(address), END, ...u32(bytes.length)]), bytes]);

/** The address that the module's export says; undefined where it has none. */
function addressOf(wasm: Uint8Array): number | undefined {
  const { sections } = parseBinary(wasm);
  const index = exportedGlobal(sections.find(({ id }) => id === EXPORTS));
  const globals = sections.find(({ id }) => id === GLOBAL);
  if (index === undefined || !globals) return undefined;
  const input = reader(globals.payload);
  // Imported globals would come first; a probe imports none.
  const count = input.u32();
  for (let at = 0; at < count; at += 1) {
    const [type, , opcode] = [input.byte(), input.byte(), input.byte()];
    if (type !== I32 || opcode !== I32_CONST) throw new RangeError(`global ${at} is no plain i32`);
    const value = input.s32() >>> 0;
    if (input.byte() !== END) throw new RangeError(`global ${at} is no plain i32`);
    if (at === index) return value;
  }
  return undefined;
}

function exportedGlobal(section: Section | undefined): number | undefined {
  if (!section) return undefined;
  const input = reader(section.payload);
  const count = input.u32();
  for (let at = 0; at < count; at += 1) {
    const [name, kind, index] = [input.name(), input.byte(), input.u32()];
    if (name === EXPORT && kind === GLOBAL_KIND) return index;
  }
  return undefined;
}

/** What the active segments put at an address; undefined where none of them holds it in full. */
function bytesAt(data: Section, address: number, size: number): Buffer | undefined {
  const input = reader(data.payload);
  const count = input.u32();
  let found: Buffer | undefined;
  for (let at = 0; at < count; at += 1) {
    const flags = input.u32();
    if (flags !== 0 || input.byte() !== I32_CONST)
      throw new RangeError(`data segment ${at} is no plain active one`);
    const begin = input.s32() >>> 0;
    if (input.byte() !== END) throw new RangeError(`data segment ${at} is no plain active one`);
    const bytes = input.bytes(input.u32());
    const offset = address - begin;
    if (offset >= 0 && offset + size <= bytes.length)
      found = Buffer.from(bytes.subarray(offset, offset + size));
  }
  return found;
}
