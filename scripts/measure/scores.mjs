// Lighthouse as it comes: mobile, simulated slow 4G, 4 × slower processor; or a desk's screen and line. The median of several runs, by performance.
import lighthouse, { desktopConfig } from 'lighthouse'

const CATEGORIES = ['performance', 'accessibility', 'best-practices']
const TIMES = { lcp: 'largest-contentful-paint', cls: 'cumulative-layout-shift', tbt: 'total-blocking-time' }

/** The median run of `runs` on `url`, in the browser that listens on `port` with its cookies; `at` a `phone` or a `desk`. */
export async function scores(url, port, runs, at = 'phone') {
  const all = []
  for (let run = 0; run < runs; run++)
    all.push(await once(url, port, at === 'desk' ? desktopConfig : undefined))
  return all.sort((a, b) => a.performance - b.performance)[Math.floor(runs / 2)]
}

async function once(url, port, config) {
  const options = {
    port,
    output: 'json',
    logLevel: 'error',
    disableStorageReset: true,
    onlyCategories: CATEGORIES,
  }
  const { lhr } = await lighthouse(url, options, config)
  const found = Object.fromEntries(
    CATEGORIES.map(name => [name, Math.round((lhr.categories[name].score ?? 0) * 100)]),
  )
  for (const [name, audit] of Object.entries(TIMES)) found[name] = lhr.audits[audit].numericValue ?? 0
  found.failed = CATEGORIES.slice(1).flatMap(name =>
    lhr.categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1)
      .map(({ id }) => id),
  )
  return found
}
