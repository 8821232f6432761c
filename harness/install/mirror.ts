/** Which Debian mirror this machine uses, read from apt's own sources so that no address stands in our files. */

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

interface Entry {
  uri: string;
  suites: string[];
  components: string[];
}

const ROLLING_NAMES = ['stable', 'testing', 'unstable', 'sid'];

/** The mirror from which this Debian machine takes its own packages; throws when it is no Debian or names none. */
export async function debianMirror(etcDir: string): Promise<string> {
  const release = await readFile(path.join(etcDir, 'os-release'), 'utf8').catch(() => '');
  if (!/^ID="?debian"?$/m.test(release)) throw new Error('this system is not Debian');
  const codename = /^VERSION_CODENAME="?([\w-]+)"?$/m.exec(release)?.[1] ?? '';
  for (const file of await sourceFiles(path.join(etcDir, 'apt'))) {
    const text = await readFile(file, 'utf8');
    const entries = file.endsWith('.sources') ? parseStanzas(text) : parseLines(text);
    const entry = entries.find(
      ({ uri, suites, components }) =>
        /^(https?|file|mirror\+\w+):/.test(uri) &&
        components.includes('main') &&
        // Not `<codename>-security` and the like: those have a mirror of their own.
        suites.some((suite) => suite === codename || ROLLING_NAMES.includes(suite)),
    );
    if (entry) return entry.uri;
  }
  throw new Error("apt's sources name no Debian mirror");
}

/** Debian's own files first: others' repositories may call their suites by Debian's names. */
async function sourceFiles(aptDir: string): Promise<string[]> {
  const parts = path.join(aptDir, 'sources.list.d');
  const names = (await readdir(parts).catch(() => []))
    .filter((name) => /\.(list|sources)$/.test(name))
    .sort();
  const main: string[] = await readdir(aptDir).catch(() => []);
  return [
    ...(main.includes('sources.list') ? [path.join(aptDir, 'sources.list')] : []),
    ...names.filter((name) => name.startsWith('debian.')).map((name) => path.join(parts, name)),
    ...names.filter((name) => !name.startsWith('debian.')).map((name) => path.join(parts, name)),
  ];
}

/** One-line format: `deb [options] uri suite component…`. */
function parseLines(text: string): Entry[] {
  return text.split('\n').flatMap((line) => {
    const match = /^deb\s+(?:\[[^\]]*\]\s*)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line.trim());
    return match ? [{ uri: match[1]!, suites: [match[2]!], components: match[3]!.trim().split(/\s+/) }] : [];
  });
}

/** deb822 format: stanzas of `Field: values`, continued on indented lines. */
function parseStanzas(text: string): Entry[] {
  const plain = text.replace(/^#.*\n?/gm, '').replace(/\n[ \t]+/g, ' ');
  return plain.split(/\n\s*\n/).flatMap((stanza) => {
    const values = (field: string) =>
      new RegExp(`^${field}:\\s*(.*)$`, 'im').exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    if (!values('Types').includes('deb') || values('Enabled')[0] === 'no') return [];
    return values('URIs').map((uri) => ({ uri, suites: values('Suites'), components: values('Components') }));
  });
}
