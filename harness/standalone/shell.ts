/** Writes shell: quoting of words, bytes as what `printf` makes of them. */

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word as a POSIX shell reads it back. */
export function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A format for `printf` that gives these bytes, whatever they are. */
export function printfFormat(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (character === '%') text += '%%';
    else if (byte < 0x20 || byte >= 0x7f || character === '\\' || character === "'")
      text += `\\${byte.toString(8).padStart(3, '0')}`;
    else text += character;
  }
  return `'${text}'`;
}

/** Beyond this many bytes a content is written by base64, beyond many more not at all. */
const MOST_PRINTED = 1024;

/** The command that prints bytes to standard output. */
export function printing(bytes: Uint8Array): string {
  if (bytes.length === 0) return ':';
  if (bytes.length > MOST_PRINTED && bytes.every((byte) => byte === bytes[0]))
    return `head -c ${bytes.length} /dev/zero | tr '\\000' '\\${(bytes[0] ?? 0).toString(8).padStart(3, '0')}'`;
  if (bytes.length <= MOST_PRINTED) return `printf ${printfFormat(bytes)}`;
  return `base64 -d <<'END'\n${Buffer.from(bytes)
    .toString('base64')
    .replaceAll(/.{1,120}/g, '$&\n')}END`;
}

/** The commands that write bytes into a file, `path` being a word of shell. */
export function writing(bytes: Uint8Array, path: string): string {
  const command = printing(bytes);
  if (!command.includes('\n')) return `${command} >${path}`;
  return command.replace('\n', ` >${path}\n`);
}
