/** Owns the addresses of preview 2's sections that decide about files, directories, paths and the streams of files. */

const wit = (file: string, lines: string) =>
  `https://github.com/WebAssembly/WASI/blob/v0.2.12/proposals/${file}#${lines}`;
const types = (lines: string) => wit('filesystem/wit/types.wit', lines);
const streams = (lines: string) => wit('io/wit/streams.wit', lines);

export const PATHS = {
  /** "If a `path` argument to any WASI function starts with `/`, or if any step of resolving … reaches a directory outside". */
  resolving: types('L15-L25'),
  text: types('L9-L13'),
  symlinks: wit('filesystem/path-resolution.md', 'symlinks'),
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
  readViaStream: types('L301-L313'),
  writeViaStream: types('L315-L325'),
  appendViaStream: types('L327-L334'),
  advise: types('L336-L347'),
  syncData: types('L349-L356'),
  getFlags: types('L358-L365'),
  getType: types('L367-L378'),
  setSize: types('L380-L385'),
  setTimes: types('L387-L398'),
  read: types('L400-L417'),
  write: types('L419-L434'),
  readDirectory: types('L436-L446'),
  sync: types('L448-L455'),
  createDirectoryAt: types('L457-L464'),
  stat: types('L466-L476'),
  statAt: types('L478-L491'),
  setTimesAt: types('L493-L509'),
  linkAt: types('L511-L528'),
  openAt: types('L530-L552'),
  readlinkAt: types('L554-L564'),
  removeDirectoryAt: types('L566-L575'),
  renameAt: types('L577-L588'),
  symlinkAt: types('L590-L602'),
  unlinkFileAt: types('L604-L612'),
  isSameObject: types('L614-L621'),
  metadataHash: types('L623-L643'),
  metadataHashAt: types('L645-L655'),
  readDirectoryEntry: types('L658-L664'),
  filesystemErrorCode: types('L666-L677'),
  getDirectories: wit('filesystem/wit/preopens.wit', 'L8-L10'),
};

export const STREAMS = {
  error: streams('L15-L29'),
  read: streams('L41-L71'),
  blockingRead: streams('L73-L79'),
  skip: streams('L81-L89'),
  output: streams('L110-L121'),
  checkWrite: streams('L124-L134'),
  blockingWrite: streams('L154-L167'),
  blockingFlush: streams('L182-L185'),
};

/** `canon resource.drop`: what it takes away is one handle and the resource behind it, and there are no children to wait for. */
export const RESOURCE_DROP =
  'https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#canon-resourcedrop';
