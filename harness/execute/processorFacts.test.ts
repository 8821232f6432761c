/** Facts of the processors: read where there is something to read, and never guessed. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { processorFacts } from './processorFacts.ts';

const of = (files: Record<string, string>, cpus = [0, 1]) => processorFacts(cpus, (file) => files[file]);
const governor = (cpu: number) => `/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_governor`;

describe('processor facts', () => {
  test('a machine that tells nothing has none', () => assert.deepEqual(of({}), {}));

  test('governors of the CPUs that may be used, each once', () => {
    const files = {
      [governor(0)]: 'powersave\n',
      [governor(1)]: 'powersave\n',
      [governor(2)]: 'performance\n',
    };
    assert.deepEqual(of(files), { governor: 'powersave' });
    assert.deepEqual(of(files, [0, 2]), { governor: 'performance, powersave' });
  });

  test('a quota in CPUs, from either kind of control group', () => {
    assert.deepEqual(of({ '/sys/fs/cgroup/cpu.max': '150000 100000\n' }), { cpuQuota: 1.5 });
    assert.deepEqual(of({ '/sys/fs/cgroup/cpu.max': 'max 100000\n' }), {});
    const old = (quota: string) => ({
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': quota,
      '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    });
    assert.deepEqual(of(old('50000\n')), { cpuQuota: 0.5 });
    assert.deepEqual(of(old('-1\n')), {});
  });

  test('hints at a machine that is not real', () => {
    const files = {
      '/proc/cpuinfo': 'processor : 0\nflags\t\t: fpu hypervisor lahf_lm\n',
      '/.dockerenv': '',
    };
    assert.deepEqual(of(files), { virtualization: 'virtual machine, container' });
    assert.deepEqual(of({ '/proc/cpuinfo': 'model name : hypervisor\n' }), {});
  });
});
