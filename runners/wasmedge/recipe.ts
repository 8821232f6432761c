/** Where WasmEdge comes from: its official archives, or Debian's packages with the libraries they were built with. */

import type { DebianSource, InstallRecipe } from '../../harness/contracts/install.ts';

/** Needed by WasmEdge, or by LLVM which it is linked with, under one name in both suites. */
const SHARED_LIBRARIES = [
  'libc6',
  'libgcc-s1',
  'libstdc++6',
  'libspdlog1.15',
  'libzstd1',
  'zlib1g',
  'libffi8',
  'libedit2',
  'libtinfo6',
  'libz3-4',
  'libbsd0',
  'libmd0',
];

const debian = { kind: 'debian', platform: 'linux-x64', executable: 'usr/bin/wasmedge' } as const;

// sid moves and keeps no older package.
const sid: DebianSource = {
  ...debian,
  suite: 'sid',
  pinned: [
    {
      package: 'wasmedge',
      version: '0.17.1-1+b1',
      sha256: '18a75b33f530e1fb1562eeff2ceaf48f3f2c6b525060459481868566e6ed0a9e',
    },
    {
      package: 'libwasmedge0',
      version: '0.17.1-1+b1',
      sha256: 'd46b96bb48da26726621000766dee4d7d84665cb9f22475db1f2c6a30ba7113a',
    },
  ],
  libraries: [...SHARED_LIBRARIES, 'libfmt11', 'libllvm21', 'libxml2-16'],
};

// trixie is stable and stays.
const trixie: DebianSource = {
  ...debian,
  suite: 'trixie',
  pinned: [
    {
      package: 'wasmedge',
      version: '0.14.1+dfsg-3.1',
      sha256: 'a53631f2447cc83ea0566cecd64c3f920f5e4e2b64a000eea8e45ec1876ca54f',
    },
    {
      package: 'libwasmedge0',
      version: '0.14.1+dfsg-3.1',
      sha256: '1f898b4c55e9f70adff72d06dfb5985850a963c156ddd9ff4f82cef9c589f35e',
    },
  ],
  libraries: [...SHARED_LIBRARIES, 'libfmt10', 'libllvm19', 'libxml2', 'liblzma5'],
};

/** Linux archives are named after the oldest C library they run on, which went up with 0.14. */
const archive = (...targets: string[]) => targets.map((target) => `WasmEdge-{version}-${target}.tar.gz`);

export const install: InstallRecipe = {
  executable: 'wasmedge',
  defaultVersion: '0.17.1',
  known: [
    { version: '0.17.1', sources: [sid] },
    { version: '0.14.1', sources: [trixie] },
  ],
  archives: {
    repository: 'WasmEdge/WasmEdge',
    tag: '{version}',
    assets: {
      'linux-x64': archive('manylinux_2_28_x86_64', 'manylinux2014_x86_64'),
      'linux-arm64': archive('manylinux_2_28_aarch64', 'manylinux2014_aarch64'),
      'darwin-x64': archive('darwin_x86_64'),
      'darwin-arm64': archive('darwin_arm64'),
    },
    executable: 'bin/wasmedge',
    libraries: ['lib', 'lib64'],
  },
  hint: 'install WasmEdge from its official releases (wasmedge.org), or set WASIMETER_WASMEDGE to its executable',
};
