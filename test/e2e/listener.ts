import type { CDPSession, Page } from 'playwright-core'

/** Somebody who does not see the page: hears the accessibility tree, moves by role and name, presses keys. No pixels. */
export interface Listener {
  /** Everything that would be read, in order: `role name`. */
  heard(): Promise<string[]>
  /** Waits until something is read that fits, and returns it. */
  hears(words: RegExp): Promise<string>
  /** Goes to the last thing of this role and name that can be used; the first one with `first`. */
  goTo(role: string, name: RegExp): Promise<void>
  type(words: string): Promise<void>
  press(key: string): Promise<void>
  /** Live regions now on the page, as `politeness: role name`. */
  live(): Promise<string[]>
}

interface Node {
  nodeId: string
  ignored: boolean
  role?: { value: string }
  name?: { value: string }
  value?: { value: unknown }
  backendDOMNodeId?: number
  properties?: { name: string; value: { value: unknown } }[]
}

const WITHIN = 15_000

export async function listenTo(page: Page): Promise<Listener> {
  const line = await page.context().newCDPSession(page)
  await line.send('Accessibility.enable')
  const hears = async (words: RegExp): Promise<string> => {
    const until = Date.now() + WITHIN
    for (;;) {
      const all = await heardOn(line)
      const found = all.filter(said => words.test(said)).pop()
      if (found !== undefined) return found
      if (Date.now() > until) throw new Error(`nobody says ${words}; heard:\n${all.slice(-40).join('\n')}`)
      await page.waitForTimeout(100)
    }
  }
  return {
    heard: () => heardOn(line),
    hears,
    async goTo(role, name) {
      const until = Date.now() + WITHIN
      for (;;) {
        const found = (await nodesOf(line)).filter(
          node => node.role?.value === role && name.test(String(node.name?.value ?? '')),
        )
        const last = found[found.length - 1]
        if (last?.backendDOMNodeId) {
          await line.send('DOM.focus', { backendNodeId: last.backendDOMNodeId })
          return
        }
        if (Date.now() > until)
          throw new Error(`no ${role} ${name}; heard:\n${(await heardOn(line)).slice(-40).join('\n')}`)
        await page.waitForTimeout(100)
      }
    },
    type: words => page.keyboard.insertText(words),
    press: key => page.keyboard.press(key),
    async live() {
      const nodes = await nodesOf(line)
      return nodes.flatMap(node => {
        const live = node.properties?.find(({ name }) => name === 'live')?.value.value
        return live && live !== 'off' ? [`${live}: ${said(node)}`] : []
      })
    },
  }
}

const said = ({ role, name, value }: Node): string =>
  [role?.value, name?.value, value?.value].filter(part => part !== undefined && part !== '').join(' ')

async function nodesOf(line: CDPSession): Promise<Node[]> {
  const { nodes } = (await line.send('Accessibility.getFullAXTree')) as unknown as { nodes: Node[] }
  return nodes.filter(node => !node.ignored)
}

const SILENT = new Set(['none', 'generic', 'InlineTextBox', 'RootWebArea'])

async function heardOn(line: CDPSession): Promise<string[]> {
  const nodes = await nodesOf(line)
  return nodes.filter(node => !SILENT.has(node.role?.value ?? 'none')).map(said)
}
