// axe on a page in one look: what a person with a screen reader, a keyboard or weak eyes would stumble over.
import axe from 'axe-core'

/** What the front keeps of a look on the device, and the cookie the server draws by. */
export const LOOKS = {
  light: { kept: { theme: 'light' }, cookie: 'light' },
  dark: { kept: { theme: 'dark' }, cookie: 'dark' },
  care: { kept: { theme: 'light', mode: 'care' }, cookie: 'care.light' },
  contrast: { kept: { theme: 'light', contrast: 'more' }, cookie: 'light.contrast' },
}

/** Violations of every page of `paths` in `look`, as `[path, rules]`. */
export async function barriers(browser, url, paths, look, cookies) {
  const { kept, cookie } = LOOKS[look]
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' })
  await context.addCookies([...cookies, { name: 'hy_look', value: cookie, url }])
  await context.addInitScript(all => {
    for (const [name, value] of Object.entries(all)) localStorage.setItem(`huiyin.${name}`, value)
  }, kept)
  const found = []
  for (const path of paths) {
    const page = await context.newPage()
    await page.goto(`${url}${path}`)
    await page.waitForFunction(() => '__vue_app__' in document.querySelector('#app'))
    await page.waitForTimeout(500)
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() => globalThis.axe.run())
    found.push([path, violations.map(({ id, nodes }) => `${id} ×${nodes.length}`)])
    await page.close()
  }
  await context.close()
  return found
}
