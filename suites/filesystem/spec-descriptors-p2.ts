/** Owns the addresses of the sections of preview 2's specification that decide about descriptors and their streams. */

const wit = (file: string, lines: string) =>
  `https://github.com/WebAssembly/WASI/blob/v0.2.12/proposals/${file}.wit#${lines}`;
const types = (lines: string) => wit('filesystem/wit/types', lines);
const streams = (lines: string) => wit('io/wit/streams', lines);

export const TYPES = {
  descriptorType: types('L37-L59'),
  descriptorFlags: types('L61-L103'),
  mutateDirectory: types('L93-L102'),
  descriptorStat: types('L105-L132'),
  newTimestamp: types('L159-L169'),
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
  sync: types('L448-L455'),
  stat: types('L466-L476'),
  unlinkFileAt: types('L604-L612'),
  isSameObject: types('L614-L621'),
  metadataHash: types('L623-L643'),
  metadataHashAt: types('L645-L655'),
  errorCode: types('L666-L677'),
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
