/**
 * Waits for something, and for so long at most: whoever waits for a server that is away waits for ever. Undefined when
 * the time was over first; what was waited for goes on.
 */
export async function atMost<Result>(
  limitMs: number,
  what: Promise<Result> | undefined,
): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, limitMs, undefined);
  });
  try {
    return await Promise.race([what, late]);
  } finally {
    clearTimeout(timer);
  }
}
