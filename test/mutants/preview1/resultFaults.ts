/** Faults in what a call returns by its result pointers. */

import { afterSuccess, numeric, one, perField, perResult, type Variants } from './fault.ts';

export const resultFaults: Record<string, Variants> = {
  'result-off-by-one': (signature) =>
    perField(signature, (call, address, size) =>
      call.memory.setNumber(address, size, call.memory.number(address, size) + 1n),
    ),
  'result-stale': (signature) =>
    signature.results.length === 0
      ? []
      : one(
          afterSuccess((call) => {
            const places = signature.results.map(({ at, size }) => ({
              address: numeric(call.args[at]),
              size,
            }));
            const fresh = places.map(({ address, size }) => call.memory.read(address, size));
            // The first call has nothing to repeat: it leaves zeros.
            places.forEach(({ address, size }, index) => {
              call.memory.write(address, call.kept.results?.[index] ?? new Uint8Array(size));
            });
            call.kept.results = fresh;
          }),
        ),
  'results-swapped': (signature) => {
    const fields = signature.results.flatMap((result) =>
      result.fields.map((field) => ({ ...field, at: result.at })),
    );
    return fields.slice(1).flatMap((field, index) => {
      const before = fields[index]!;
      if (before.size !== field.size) return [];
      return [
        {
          variant: `${before.name},${field.name}`,
          plant: afterSuccess((call) => {
            const first = numeric(call.args[before.at]) + before.offset;
            const second = numeric(call.args[field.at]) + field.offset;
            const bytes = call.memory.read(first, field.size);
            call.memory.write(first, call.memory.read(second, field.size));
            call.memory.write(second, bytes);
          }),
        },
      ];
    });
  },
  'result-misplaced': (signature) =>
    perResult(signature, (call, address, { size }) => {
      const bytes = call.memory.read(address, size);
      call.memory.write(address, new Uint8Array(size));
      call.memory.write(address + size, bytes);
    }),
};
