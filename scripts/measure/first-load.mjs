// What a first visit of a page fetches from an empty cache: bytes of content as they came (gzip), headers not counted.

/** Milliseconds after `load` that still belong to the first load; later the front fetches the chat ahead of need. */
const SETTLED = 1_000

/** Bytes by kind of one first visit. */
export async function firstLoad(browser, url, cookies) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    extraHTTPHeaders: { 'accept-encoding': 'gzip' },
  })
  await context.addCookies(cookies)
  const page = await context.newPage()
  const wire = await context.newCDPSession(page)
  await wire.send('Network.enable')
  const kinds = new Map()
  const sizes = { script: 0, style: 0, page: 0, other: 0 }
  wire.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
  // The page itself is told of only when it is whole, headers included.
  const add = ({ requestId, encodedDataLength }, isPage) => {
    const kind = { Script: 'script', Stylesheet: 'style', Document: 'page' }[kinds.get(requestId)] ?? 'other'
    if ((kind === 'page') === isPage) sizes[kind] += encodedDataLength
  }
  wire.on('Network.loadingFinished', event => add(event, true))
  wire.on('Network.dataReceived', event => add(event, false))
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(SETTLED)
  await context.close()
  return { ...sizes, all: Object.values(sizes).reduce((sum, one) => sum + one, 0) }
}
