import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { scriptThere } from './browser.ts'
import { textOf } from './people.ts'

/** What the sides of a mediation do on their pages. */

const CODE = /HS-\d{8}-\d{4}/

/** What is answered to each question of the form, by its heading; the rest is passed by. */
const ANSWERS: readonly [RegExp, string | null][] = [
  [/是什么纠纷/, '物业三年没有公布公共收益，问了几次都推。'],
  [/安全吗/, '安全'],
  [/对方是谁/, '红山物业公司'],
  [/法院|受理/, '没有'],
  [/哪一类|什么问题/, '公共收益'],
  [/小区/, '红山郡3号楼'],
]

/** Applies by the form, from the page of the panels to the receipt; answers the code. */
export async function apply(page: Page): Promise<string> {
  await scriptThere(page)
  await page.getByRole('button', { name: '请他们调解：物业纠纷' }).click()
  await page.waitForURL('**/form/mediation')
  const heading = page.locator('main h2').first()
  for (let asked = 0; asked < 14; asked++) {
    await scriptThere(page)
    await heading.waitFor()
    const words = await textOf(heading)
    if (words.includes('看一遍')) break
    const answer = ANSWERS.find(([ask]) => ask.test(words))?.[1]
    const radio = page.locator('.radio', { hasText: answer ?? ' ' }).first()
    const skip = page.locator('.nav button[value=skip]')
    if (answer && (await radio.count()) > 0) await radio.locator('input').check()
    else if (answer) await page.locator('main textarea, main input[type=text]').first().fill(answer)
    if (answer || (await skip.count()) === 0) await page.locator('.nav .btn.go').click()
    else await skip.click()
    await expect.poll(() => textOf(heading), { message: `after ${words}` }).not.toBe(words)
  }
  await page.locator('.nav .btn.go').click()
  await page.locator('.receipt .code b').waitFor()
  return CODE.exec(await textOf(page.locator('.receipt')))![0]
}
