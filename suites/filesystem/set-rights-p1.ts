/** Owns that preview 1's `fd_fdstat_set_rights` takes rights away and never gives one. */

import { err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { P1 } from './content-p1.ts';
import { attributes } from './fdstat-p1.ts';
import { FILE_RIGHTS, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

const SPEC = p1Docs('fd_fdstat_set_rights');
const FOLDER = holding(LETTERS, { folder: { kind: 'directory', entries: { inner: 'inner' } } });
const FEW = ['fd_read', 'fd_filestat_get'] as const;
const NO_RIGHT =
  'bits beyond the rights there are would "add rights", or are an "invalid argument", or no value of the type at all, of which the text says nothing and which as an error in the ABI may trap';

export const setRightsP1: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_fdstat_set_rights/same',
    title: 'The rights that a descriptor has can be set again, and stay',
    spec: SPEC,
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_fdstat_set_rights', fd, FILE_RIGHTS, []), ok());
      s.expect(s.call('fd_fdstat_get', fd), attributes({ fs_rights_base: [...FILE_RIGHTS] }));
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_set_rights/fewer',
    title: 'Rights can be taken away, of one descriptor of a file and not of another',
    spec: SPEC,
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      const { value: other } = open(s, 'file');
      s.expect(s.call('fd_fdstat_set_rights', fd, FEW, []), ok());
      s.expect(s.call('fd_fdstat_get', fd), attributes({ fs_rights_base: [...FEW] }));
      s.expect(s.call('fd_fdstat_get', other), attributes({ fs_rights_base: [...FILE_RIGHTS] }));
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_set_rights/none',
    title: 'All rights can be taken away, and the descriptor can still be closed',
    spec: SPEC,
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_fdstat_set_rights', fd, [], []), ok());
      s.expect(s.call('fd_fdstat_get', fd), attributes({ fs_rights_base: [] }));
      s.expect(s.call('fd_close', fd), ok());
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_set_rights/back-again',
    title: 'Rights once taken away are not given back: notcapable, and the rights stay',
    spec: SPEC,
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_fdstat_set_rights', fd, FEW, []), ok());
      s.expect(s.call('fd_fdstat_set_rights', fd, [...FEW, 'fd_tell'], []), err('notcapable'));
      s.expect(s.call('fd_fdstat_get', fd), attributes({ fs_rights_base: [...FEW] }));
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_set_rights/more-than-opened',
    title:
      'Rights with which a file was not opened are not given: notcapable, also where others are taken away',
    spec: SPEC,
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file', { rights: FEW });
      s.expect(s.call('fd_fdstat_set_rights', fd, [...FEW, 'fd_write'], []), err('notcapable'));
      s.expect(s.call('fd_fdstat_set_rights', fd, ['fd_write'], []), err('notcapable'));
      s.expect(s.call('fd_fdstat_get', fd), attributes({ fs_rights_base: [...FEW] }));
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_set_rights/inheriting-fewer',
    title: 'Inheriting rights can be taken away, and are then inherited no more',
    spec: p1Docs('fdstat.fs_rights_inheriting'),
    world: FOLDER,
    script(s) {
      const rights = ['path_open', 'fd_readdir'];
      const folder = open(s, 'folder', { oflags: ['directory'], rights, inheriting: FILE_RIGHTS });
      open(s, 'inner', { at: folder, rights: FILE_RIGHTS });
      s.expect(s.call('fd_fdstat_set_rights', folder.value, ['path_open'], FEW), ok());
      s.expect(
        s.call('fd_fdstat_get', folder.value),
        attributes({ fs_rights_base: ['path_open'], fs_rights_inheriting: [...FEW] }),
      );
      open(s, 'inner', { at: folder, rights: FEW });
      s.expect(
        s.call('path_open', folder.value, [], 'inner', [], [...FEW, 'fd_write'], [], []),
        err('notcapable'),
      );
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_set_rights/inheriting-more',
    title: 'Inheriting rights are not given: notcapable, and both sets stay',
    spec: SPEC,
    world: FOLDER,
    script(s) {
      const rights = ['path_open', 'fd_readdir'];
      const { value: fd } = open(s, 'folder', { oflags: ['directory'], rights, inheriting: FEW });
      s.expect(s.call('fd_fdstat_set_rights', fd, ['path_open'], [...FEW, 'fd_write']), err('notcapable'));
      s.expect(
        s.call('fd_fdstat_get', fd),
        attributes({ fs_rights_base: rights, fs_rights_inheriting: [...FEW] }),
      );
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_set_rights/unknown',
    title: 'A right that does not exist is not given',
    spec: SPEC,
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(
        s.call('fd_fdstat_set_rights', fd, 2n ** 63n, 0n),
        oneOf(NO_RIGHT, err('notcapable'), err('inval'), trap('no value of the type')),
      );
    },
  },
];
