/** Brings everything up to date; `force` builds all. Returns the names of what was built. */
export function buildStale(force?: boolean): Promise<string[]>
