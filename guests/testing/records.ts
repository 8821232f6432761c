/** Reads a probe's records as the tests need them: strictly, so that a malformed line fails. */

export interface Outcome {
  /** The exit status; null where a signal ended the process. */
  status: number | null;
  stderr: string;
  hello: Record<string, unknown>;
  /** Statement numbers that began, in order. */
  begins: number[];
  ends: Map<number, Record<string, unknown>>;
  wrong?: { n: number; error: string };
}

/** Sorts the lines of stderr that are records. */
export function parseOutcome(stderr: string, status: number | null): Outcome {
  const outcome: Outcome = { status, stderr, hello: {}, begins: [], ends: new Map() };
  for (const line of stderr.split('\n').filter((text) => /^[<>!] \{/.test(text))) {
    const record = JSON.parse(line.slice(2)) as Record<string, unknown> & { n: number };
    if (line[0] === '>' && record.n === 0) outcome.hello = record;
    else if (line[0] === '>') outcome.begins.push(record.n);
    else if (line[0] === '<') outcome.ends.set(record.n, record);
    else outcome.wrong = { n: record.n, error: String(record.error) };
  }
  return outcome;
}

/** What a statement's end says; throws where it has none. */
export function endOf(outcome: Outcome, statement: number): Record<string, unknown> {
  const end = outcome.ends.get(statement);
  if (!end) throw new Error(`statement ${statement} has not ended:\n${outcome.stderr}`);
  return end;
}

/** Address, length and hex of a statement's nth memory block. */
export function blockOf(outcome: Outcome, statement: number, block = 0): [number, number, string | null] {
  const found = (endOf(outcome, statement).m as [number, number, string | null][])[block];
  if (!found) throw new Error(`statement ${statement} shows no block ${block}:\n${outcome.stderr}`);
  return found;
}

/** The bytes of a statement's nth memory block. */
export function shown(outcome: Outcome, statement: number, block = 0): Buffer {
  const hex = blockOf(outcome, statement, block)[2];
  if (hex === null)
    throw new Error(`block ${block} of statement ${statement} is outside memory:\n${outcome.stderr}`);
  return Buffer.from(hex, 'hex');
}
