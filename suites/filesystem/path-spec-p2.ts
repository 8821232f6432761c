/** Owns the addresses of preview 2's sections that decide about paths, directories and their listings. */

const wit = (file: string, lines: string) =>
  `https://github.com/WebAssembly/WASI/blob/v0.2.12/proposals/filesystem/${file}#${lines}`;
const types = (lines: string) => wit('wit/types.wit', lines);

export const PATHS = {
  /** "If a `path` argument to any WASI function starts with `/`, or if any step of resolving … reaches a directory outside". */
  resolving: types('L15-L25'),
  text: types('L9-L13'),
  symlinks: wit('path-resolution.md', 'symlinks'),
};

export const TYPES = {
  descriptorType: types('L37-L59'),
  descriptorFlags: types('L61-L103'),
  mutateDirectory: types('L93-L102'),
  descriptorStat: types('L105-L132'),
  pathFlags: types('L134-L140'),
  openFlags: types('L142-L153'),
  newTimestamp: types('L159-L169'),
  directoryEntry: types('L171-L179'),
  errorCode: types('L181-L261'),
};

export const FUNCTION = {
  readDirectory: types('L436-L446'),
  createDirectoryAt: types('L457-L464'),
  statAt: types('L478-L491'),
  setTimesAt: types('L493-L509'),
  linkAt: types('L511-L528'),
  openAt: types('L530-L552'),
  readlinkAt: types('L554-L564'),
  removeDirectoryAt: types('L566-L575'),
  renameAt: types('L577-L588'),
  symlinkAt: types('L590-L602'),
  unlinkFileAt: types('L604-L612'),
  metadataHashAt: types('L645-L655'),
  readDirectoryEntry: types('L658-L664'),
  filesystemErrorCode: types('L666-L677'),
  getDirectories: wit('wit/preopens.wit', 'L8-L10'),
};

export const RESOURCE_DROP =
  'https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#canon-resourcedrop';
