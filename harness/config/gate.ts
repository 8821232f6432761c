/** What the configuration says of the gate, with its defaults and its shares as numbers. */

import type { Waiver } from '../contracts/comparison.ts';
import type { GateConfig, Share } from '../contracts/config.ts';
import { UserError } from '../contracts/failure.ts';

export interface GateSettings {
  baseline?: string;
  candidate?: string;
  floor?: number;
  floors?: Record<string, number>;
  failOn: NonNullable<GateConfig['failOn']>;
  waivers: Waiver[];
}

/** Less is luck on any machine, and more than this is no floor: what is claimed must be less than the whole. */
const LEAST_FLOOR = 0.001;
const MOST_FLOOR = 1;

/** The gate's settings. Throws a UserError for a share out of range; `file` is where it stands. */
export function gateOf(given: GateConfig = {}, file: string): GateSettings {
  const { baseline, candidate, floor, floors, failOn = ['regressed', 'unexpected'], waive = [] } = given;
  const floorAt = (value: Share, at: string) => {
    const share = shareOf(value);
    if (share >= LEAST_FLOOR && share <= MOST_FLOOR) return share;
    throw new UserError(
      `${file}: gate.${at}: a floor lies between 0.1% and 100%, not at ${value}; 1% is '1%' or 0.01`,
    );
  };
  return {
    ...(baseline === undefined ? {} : { baseline }),
    ...(candidate === undefined ? {} : { candidate }),
    ...(floor === undefined ? {} : { floor: floorAt(floor, 'floor') }),
    ...(floors
      ? {
          floors: Object.fromEntries(
            Object.entries(floors).map(([glob, value]) => [glob, floorAt(value, `floors.${glob}`)]),
          ),
        }
      : {}),
    failOn,
    waivers: waive.map(({ upTo, ...rest }) => ({ ...rest, upTo: shareOf(upTo) })),
  };
}

/** `'1%'` and 0.01 are one share. */
export const shareOf = (share: Share): number =>
  typeof share === 'number' ? share : Number.parseFloat(share) / 100;
