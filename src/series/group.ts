import type { Placed } from './place.js';

/** The mails that were sent together: the patches of one version, with their cover. */
export interface Posting {
  /** `10.01` for `v10.1`. */
  version: number;
  total: number | undefined;
  /** In the order in which they were found. */
  members: Placed[];
}

/** Siblings without a common thread must have been sent within this time. */
const siblingMs = 24 * 3600_000;
/** A patch that answers the same cover with a number that is still free may come weeks later. */
const addendumMs = 30 * siblingMs;

function numberOf({ parts }: Placed): number {
  return parts.number ?? 1;
}

function lastNumber({ parts }: Placed): number | undefined {
  return parts.number === undefined ? 1 : parts.total;
}

/**
 * The version of a patch. One that does not say it has that of the cover that it answers, or of the first
 * patch above it; `v10.1` beneath v10 comes after v10 and before v11.
 */
function versionOf(one: Placed, byId: ReadonlyMap<string, Placed>): number {
  const { parts } = one;
  if (parts.versioned) return parts.version;
  const above = one.parents.map((id) => byId.get(id)).filter((each) => each !== undefined);
  const { dotted } = parts;
  if (dotted) {
    const old = above.some((each) => each.parts.versioned && each.parts.version === dotted.major);
    return old ? dotted.major + dotted.minor / 100 : parts.version;
  }
  const leads = above.filter((each, at) => leadsTo(each, one, at === 0));
  const lead = leads.find((each) => each.parts.versioned) ?? leads[0];
  return lead && numberOf(lead) !== numberOf(one) ? lead.parts.version : parts.version;
}

function leadsTo(lead: Placed, one: Placed, direct: boolean): boolean {
  if (lead.role === 'cover')
    return (direct && one.parts.number !== undefined) || lastNumber(lead) === lastNumber(one);
  const first = lead.role === 'patch' && numberOf(lead) === 1;
  return first && one.parts.number !== undefined && lastNumber(lead) === lastNumber(one);
}

/** Disjoint sets of mails; joining is refused where two mails would have the same number. */
class Sets {
  private readonly sets = new Map<Placed, Placed[]>();

  constructor(mails: Placed[]) {
    for (const mail of mails) this.sets.set(mail, [mail]);
  }

  of(mail: Placed): Placed[] {
    return this.sets.get(mail)!;
  }

  join(one: Placed, other: Placed): boolean {
    const [a, b] = [this.of(one), this.of(other)];
    if (a === b) return true;
    const taken = new Set(a.map(numberOf));
    if (b.some((mail) => taken.has(numberOf(mail)))) return false;
    const joined = [...a, ...b];
    for (const mail of joined) this.sets.set(mail, joined);
    return true;
  }

  all(): Placed[][] {
    return [...new Set(this.sets.values())];
  }
}

/** What must agree among the mails of one posting. */
function kinOf(one: Placed, version: number): string {
  return `${version}/${lastNumber(one) ?? 'n'}`;
}

/** `20170412.3-` of the ids that git send-email makes: the same for all mails of one run. */
function stemOf({ message }: Placed): string | undefined {
  const match =
    /^(\d{14}\.\d+)-\d+-(.+)$/.exec(message.ids[0] ?? '') ??
    /^(.{8,200}?)[-.]\d{1,4}-(.+)$/.exec(message.ids[0] ?? '');
  return match ? `${match[1]} ${match[2]}` : undefined;
}

function wordsOf({ parts }: Placed): string {
  return parts.words
    .map((word) => word.toLowerCase())
    .sort()
    .join(' ');
}

/** Joins mails that share a key, oldest first; `near` bounds the time between neighbours. */
function joinBy(
  mails: Placed[],
  sets: Sets,
  keyOf: (mail: Placed) => string | undefined,
  near: number,
): void {
  const last = new Map<string, Placed>();
  for (const mail of mails) {
    const key = keyOf(mail);
    if (key === undefined) continue;
    const before = last.get(key);
    if (!before || mail.time - before.time > near || !sets.join(before, mail)) last.set(key, mail);
  }
}

/**
 * A cover that is alone takes the patches that answer it, though it counts them or calls their version
 * otherwise: somebody left one out, or forgot to raise the number on one side.
 */
function joinCovers(mails: Placed[], sets: Sets, byId: ReadonlyMap<string, Placed>): void {
  for (const one of mails) {
    const cover = byId.get(one.parents[0] ?? '');
    if (one.role !== 'patch' || cover?.role !== 'cover') continue;
    // One patch without a number may be all that the cover has; it may also be something else sent along.
    if (one.parts.number === undefined && lastNumber(cover) !== 1) continue;
    if (sets.of(cover).length === 1 && !sets.of(one).some(({ role }) => role === 'cover'))
      sets.join(cover, one);
  }
}

/**
 * Sorts the patches and covers of a pool of mails into postings. The thread decides first, then a common
 * parent that is not in the pool, then the ids of one run of git send-email, then sender, time and words for
 * those who send without a thread. Two series in one thread stay two, because both have a patch 1.
 */
export function groupPostings(placed: Placed[]): Posting[] {
  const byId = new Map(placed.flatMap((one) => one.message.ids.map((id) => [id, one] as const)));
  const mails = placed.filter(({ role }) => role === 'patch' || role === 'cover');
  const counted = mails.filter(({ parts }) => parts.number !== undefined).sort((a, b) => a.time - b.time);
  const versions = new Map(mails.map((one) => [one, versionOf(one, byId)]));
  const kin = (one: Placed): string => kinOf(one, versions.get(one)!);
  const sets = new Sets(mails);
  for (const one of counted) {
    const anchor = one.parents
      .map((id) => byId.get(id))
      .find(
        (each) => each && versions.has(each) && each.parts.number !== undefined && kin(each) === kin(one),
      );
    if (anchor) sets.join(anchor, one);
  }
  const parent = (one: Placed) => one.parents[0] && `${one.parents[0]} ${kin(one)}`;
  joinBy(counted, sets, parent, addendumMs);
  // Parts of a new version, each sent in answer to the patch that it replaces.
  const replaced = (one: Placed) => {
    const old = one.parents.map((id) => byId.get(id)).find((each) => each && versions.has(each));
    return old && kin(old) !== kin(one)
      ? `${sets.of(old)[0]!.message.ids[0]} ${one.sender} ${kin(one)}`
      : undefined;
  };
  joinBy(counted, sets, replaced, Number.POSITIVE_INFINITY);
  joinBy(counted, sets, (one) => stemOf(one) && `${stemOf(one)} ${kin(one)}`, siblingMs);
  const alone = (one: Placed) =>
    one.parents.length > 0 ? undefined : `${one.sender} ${kin(one)} ${wordsOf(one)}`;
  joinBy(counted, sets, alone, siblingMs);
  joinCovers(mails, sets, byId);
  return sets.all().map((members) => {
    const first = members.find(({ role }) => role === 'patch') ?? members[0]!;
    return { version: versions.get(first)!, total: lastNumber(first), members };
  });
}
