/** What WeChat's web view hands to a page. */
interface Bridge {
  invoke(name: string, given: unknown, then?: (answer: unknown) => void): void
}
const world = globalThis as unknown as { WeixinJSBridge?: Bridge; __wxjs_environment?: string }

/** The page stands in the web view of a mini program. */
export const inMiniProgram = (): boolean =>
  world.__wxjs_environment === 'miniprogram' || /miniProgram/i.test(navigator.userAgent)

/** Opens a page of the mini program's own, as WeChat's library does it. */
export function openMiniPage(url: string): void {
  const open = () =>
    world.WeixinJSBridge?.invoke('invokeMiniProgramAPI', { name: 'navigateTo', arg: { url } })
  if (world.WeixinJSBridge) open()
  else document.addEventListener('WeixinJSBridgeReady', open, { once: true })
}
