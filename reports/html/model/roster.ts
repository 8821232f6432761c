/** Owns who takes part: every runner's place, which decides its colour and shape everywhere in the page. */

import type { Capability, RunnerRecord, RunResult } from '../../../harness/contracts/run.ts';
import { WASI_LABEL, WASI_VERSIONS, type WasiVersion } from '../../../harness/contracts/wasi.ts';

/** A runner's place in the run. */
export interface Seat {
  id: string;
  index: number;
  /** A safe name for use in charts and classes: `r0`, `r1`, … */
  key: string;
  /** Absent for an id that only records name. */
  record?: RunnerRecord;
}

export interface Roster {
  seats: readonly Seat[];
  /** The seat of an id; every id that occurs in the run has one. */
  of(id: string): Seat;
}

/** Seats the run's runners in their own order, then whoever only the records name. */
export function seatRunners(run: RunResult): Roster {
  const byId = new Map<string, Seat>();
  const seat = (id: string, record?: RunnerRecord): Seat => {
    const index = byId.size;
    const made: Seat = record ? { id, index, key: `r${index}`, record } : { id, index, key: `r${index}` };
    byId.set(id, made);
    return made;
  };
  for (const record of run.runners) if (!byId.has(record.id)) seat(record.id, record);
  for (const record of [
    ...run.conformance,
    ...run.performance,
    ...run.preparations,
    ...run.notMeasured,
    ...run.noise,
  ]) {
    if (!byId.has(record.runner)) seat(record.runner);
  }
  return { seats: [...byId.values()], of: (id) => byId.get(id) ?? seat(id) };
}

/** Whether a runner took part, rather than only being asked for. */
export function tookPart(seat: Seat): boolean {
  return seat.record?.status !== 'not-installed';
}

/** What a runner says of one WASI version; undefined for a runner known only from records. */
export function capabilityOf(seat: Seat, wasi: string): Capability | undefined {
  const all: object | undefined = seat.record?.capabilities;
  return all && Object.hasOwn(all, wasi) ? seat.record?.capabilities[wasi as WasiVersion] : undefined;
}

/** How a result through an adapter is labelled, e.g. `through the preview 1 component adapter`. */
export function adapterNote(seat: Seat, wasi: string): string | undefined {
  const capability = capabilityOf(seat, wasi);
  if (capability?.support !== 'adapter') return undefined;
  const reason = capability.reason?.trim() ?? '';
  if (reason === '') return 'through an adapter';
  return /^(through|via|by)\b/i.test(reason) ? reason : `through ${reason}`;
}

/** `preview 1` for `p1`; anything else as it is. */
export function wasiLabel(wasi: string): string {
  return Object.hasOwn(WASI_LABEL, wasi) ? WASI_LABEL[wasi as WasiVersion] : wasi;
}

/** The WASI versions that occur, oldest first. */
export function orderWasi(found: Iterable<string>): string[] {
  const set = new Set(found);
  const known = WASI_VERSIONS.filter((wasi) => set.delete(wasi));
  return [...known, ...set];
}
