/** What a project's releases are and which archives they hold, as the host of the releases announces it. */

import * as z from 'zod';
import { isSafeAddress } from './address.ts';
import { DownloadError, downloadText } from './download.ts';
import type { Machine } from './options.ts';
import { honourProxies } from './proxy.ts';
import { SourceUnavailable } from './sourceTrouble.ts';

const releaseSchema = z.object({
  assets: z.array(
    z.object({
      name: z.string(),
      browser_download_url: z.string(),
      /** `sha256:…`; releases from before the host kept digests have none. */
      digest: z.string().nullish(),
    }),
  ),
});
export type Announced = z.infer<typeof releaseSchema>;

const listSchema = z.array(
  z.object({ tag_name: z.string(), draft: z.boolean().optional(), prerelease: z.boolean().optional() }),
);

const MOST_PAGES = 5;
const PER_PAGE = 100;

/**
 * The archives of the release with this tag. Throws SourceUnavailable where the host does not answer, a DownloadError for other
 * trouble.
 */
export async function announcedRelease(
  repository: string,
  tag: string,
  machine: Machine,
): Promise<Announced> {
  const path = `/repos/${repository}/releases/tags/${encodeURIComponent(tag)}`;
  return parse(releaseSchema, await ask(path, machine));
}

/** The tags of all releases that are neither drafts nor tried out before their time. */
export async function announcedTags(repository: string, machine: Machine): Promise<string[]> {
  const tags: string[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const path = `/repos/${repository}/releases?per_page=${PER_PAGE}&page=${page}`;
    const list = parse(listSchema, await ask(path, machine));
    tags.push(...list.filter((one) => !one.draft && !one.prerelease).map((one) => one.tag_name));
    if (list.length < PER_PAGE) break;
  }
  return tags;
}

async function ask(path: string, machine: Machine): Promise<string> {
  const mirror = URL.parse(machine.releases);
  // What a mirror says is believed the first time, so that nobody between here and there may change it.
  if (!mirror || !isSafeAddress(mirror) || mirror.search || mirror.hash)
    throw new SourceUnavailable(
      'WASIMETER_RELEASES must be an https address without user, query or fragment (http only on this machine)',
    );
  honourProxies(machine.env);
  const limits = {
    answerMs: machine.releaseAnswerMs,
    stallMs: machine.stallMs,
    totalMs: machine.downloadTimeoutMs,
    maxBytes: 32 * 2 ** 20,
  };
  try {
    return await downloadText(`${machine.releases.replace(/\/+$/, '')}${path}`, limits);
  } catch (error) {
    if (error instanceof DownloadError && error.kind === 'unreachable')
      throw new SourceUnavailable(`the releases can't be reached: ${error.message}`);
    throw error;
  }
}

function parse<Type>(schema: z.ZodType<Type>, text: string): Type {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("the releases' host answered with something that is no JSON");
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`the releases' host answered with something unexpected at ${issue?.path.join('.')}`);
}
