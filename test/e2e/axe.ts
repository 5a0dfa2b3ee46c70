import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { overflow } from './browser.ts'

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')

/** What axe finds on the page as it stands, rule and place, and what runs out of its sides. The page must bypass its policy. */
export async function findings(page: Page): Promise<string[]> {
  // What fades in or out is half as strong as it will be: it stands as it is, or is gone.
  await page.addStyleTag({ content: '*, ::before, ::after { transition: none !important; }' })
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> }
    }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
  })
  const wider = await overflow(page)
  return [...found, ...(wider > 0 ? [`${wider}px too wide`] : [])]
}
