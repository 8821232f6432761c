/** Reads what the kernel writes into the files of a process below /proc. https://man7.org/linux/man-pages/man5/proc.5.html */

/** The fields of `stat` behind the command's name, the state first: that name stands in parentheses and may itself hold some. */
export const statFields = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/** The bytes of a line `NAME:  1234 kB`. Throws where there is none. */
export function bytesIn(text: string, name: string): number {
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  if (kibibytes === undefined) throw new Error(`the kernel tells no ${name}`);
  return Number(kibibytes) * 1024;
}
