/** A host of releases for tests: announces tags and archives as the real one does, on a port of its own. */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { InstallRecipe } from '../contracts/install.ts';
import { type FakeMachine, recipeOf, sha256 } from './fake-machine.ts';

export interface FakeReleases {
  /** By tag: the archives' content by name, and what is announced of them where that is not the truth. */
  tags: Map<string, { files: Map<string, Buffer>; digest?: string | null }>;
  /** Paths as asked for. */
  asked: string[];
  /** Answers instead, where it returns true. */
  instead: RequestListener | undefined;
}

/** Serves releases to the machine, which gets a shell and with it the system's tar. */
export async function serveReleases(t: TestContext, machine: FakeMachine): Promise<FakeReleases> {
  const releases: FakeReleases = { tags: new Map(), asked: [], instead: undefined };
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    releases.asked.push(url);
    if (releases.instead) return void releases.instead(request, response);
    const tag = /\/repos\/own\/fake\/releases\/tags\/(.*)$/.exec(url)?.[1];
    const [, of = '', name = ''] = /^\/files\/(.*)\/(.*)$/.exec(url) ?? [];
    const file = releases.tags.get(of)?.files.get(name);
    if (file) response.end(file);
    else if (url.startsWith('/repos/own/fake/releases?'))
      response.end(JSON.stringify([...releases.tags.keys()].map((one) => ({ tag_name: one }))));
    else if (tag && releases.tags.has(tag)) response.end(JSON.stringify(announce(tag)));
    else response.writeHead(404).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const announce = (tag: string) => {
    const { files, digest } = releases.tags.get(tag)!;
    return {
      assets: [...files].map(([name, content]) => ({
        name,
        browser_download_url: `${base}/files/${tag}/${name}`,
        digest: digest === undefined ? `sha256:${sha256(content)}` : digest,
      })),
    };
  };
  machine.options.releases = base;
  await machine.addProgram('sh', 'exec sh "$@"');
  return releases;
}

/** Announces a version with an archive of these files (text by path), all executable. */
export async function addRelease(
  machine: FakeMachine,
  releases: FakeReleases,
  version: string,
  files: Record<string, string>,
): Promise<void> {
  const folder = await mkdtemp(path.join(machine.folder, 'release-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, 'content', name)), { recursive: true });
    await writeFile(path.join(folder, 'content', name), text, { mode: 0o755 });
  }
  const archive = path.join(folder, 'archive.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', path.join(folder, 'content'), '.']);
  releases.tags.set(`v${version}`, {
    files: new Map([[`fake-${version}-linux.tar.gz`, await readFile(archive)]]),
  });
}

/** A recipe for the runtime `fake` by release archives alone. */
export function releaseRecipe(): InstallRecipe {
  const assets = { 'linux-x64': ['fake-{version}-new.tar.gz', 'fake-{version}-linux.tar.gz'] };
  return {
    ...recipeOf({ version: '1.2.3', sources: [] }),
    archives: { repository: 'own/fake', tag: 'v{version}', assets, executable: 'fake' },
  };
}
