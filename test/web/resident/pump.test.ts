import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Unsent } from '../../../web/resident/chat/outbox.ts'
import { createPump, type Pump } from '../../../web/resident/chat/pump.ts'
import { Refusal } from '../../../web/shared/api.ts'

/** What the service heard, each once: a repeat of an id answers what the first answered. */
type Fate = 'heard' | 'lost' | 'heardButNoAnswer'
interface Sent {
  id: string
  files: string[]
}

/** A device with one outbox and any number of tabs, before a service that hears them over a bad line. */
function device(fates: Fate[] = []) {
  const kept: Unsent[] = []
  const heard: Sent[] = []
  const ready = new Set<string>()
  const bad = new Map<string, string>()
  const refuse = new Map<string, Refusal>()
  const marks = new Map<string, string>()
  const timers: (() => void)[] = []
  const tabs: Pump[] = []
  let isOpen = true

  const commit = ({ id, files = [] }: Unsent): number => {
    const at = heard.findIndex(one => one.id === id)
    if (at >= 0) return at + 1
    expect(
      files.every(file => ready.has(file)),
      'only with files the service has',
    ).toBe(true)
    return heard.push({ id, files })
  }
  const openTab = (): Pump => {
    const pump = createPump({
      unsent: () => [...kept],
      async filesOf(ids) {
        const why = ids.map(id => bad.get(id)).find(Boolean)
        if (why) return { refused: why }
        return ids.every(id => ready.has(id)) ? 'ready' : 'coming'
      },
      isOpen: () => isOpen,
      async send(item) {
        const no = refuse.get(item.id)
        if (no) throw no
        const fate = fates.shift() ?? 'heard'
        await Promise.resolve()
        if (fate === 'lost') throw new Refusal('offline', '')
        const seq = commit(item)
        if (fate === 'heardButNoAnswer') throw new Refusal('offline', '')
        return seq
      },
      mark: (id, state, why) => void marks.set(id, why ? `${state}: ${why}` : state),
      delivered(id) {
        const at = kept.findIndex(item => item.id === id)
        if (at >= 0) kept.splice(at, 1)
      },
      later: (_, then) => void timers.push(then),
    })
    tabs.push(pump)
    return pump
  }
  /** Lets everything happen that can, timers too. */
  const settle = async () => {
    for (let round = 0; round < 200; round++) {
      await new Promise(done => setImmediate(done))
      const due = timers.splice(0)
      if (due.length === 0 && round > 2) return
      for (const then of due) then()
    }
  }
  return {
    kept,
    heard,
    ready,
    bad,
    refuse,
    marks,
    openTab,
    settle,
    line(open: boolean) {
      isOpen = open
      if (open) for (const tab of tabs) tab.wake()
    },
    write(id: string, files: string[] = []) {
      kept.push({
        id,
        text: id,
        at: `2026-11-03T02:21:00.${String(kept.length).padStart(3, '0')}Z`,
        ...(files.length ? { files } : {}),
      })
    },
    wake: () => {
      for (const tab of tabs) tab.wake()
    },
  }
}
const ids = (sent: readonly Sent[]) => sent.map(one => one.id)

describe('the pump', () => {
  it('sends in the order of writing, one after the other', async () => {
    const own = device(['lost', 'heardButNoAnswer'])
    own.openTab()
    for (const id of ['一', '二', '三']) own.write(id)
    own.wake()
    await own.settle()
    expect(ids(own.heard)).toEqual(['一', '二', '三'])
    expect(own.kept).toEqual([])
  })

  it('what has photos waits for them, and what was written after it waits behind', async () => {
    const own = device()
    own.openTab()
    own.write('先说的')
    own.write('有照片', ['p1', 'p2'])
    own.write('后说的')
    own.ready.add('p1')
    own.wake()
    await own.settle()
    expect(ids(own.heard)).toEqual(['先说的'])
    expect(own.marks.get('有照片')).toBe('files')
    expect(own.marks.get('后说的')).toBe('behind')
    own.ready.add('p2')
    own.wake()
    await own.settle()
    expect(own.heard).toEqual([
      { id: '先说的', files: [] },
      { id: '有照片', files: ['p1', 'p2'] },
      { id: '后说的', files: [] },
    ])
  })

  it('a refused photo holds nobody up, and the words can go without it', async () => {
    const own = device()
    const pump = own.openTab()
    own.write('有照片', ['p1'])
    own.write('后说的')
    own.bad.set('p1', '这不是照片。')
    own.wake()
    await own.settle()
    expect(ids(own.heard)).toEqual(['后说的'])
    expect(own.marks.get('有照片')).toBe('refused: 这不是照片。')
    delete own.kept[0]!.files
    pump.again('有照片')
    await own.settle()
    expect(ids(own.heard)).toEqual(['后说的', '有照片'])
  })

  it('refused words are set aside with the sentence of the service', async () => {
    const own = device()
    own.openTab()
    own.write('太长')
    own.write('后说的')
    own.refuse.set('太长', new Refusal('tooLarge', '请分成几次发。', 413))
    own.wake()
    await own.settle()
    expect(own.marks.get('太长')).toBe('refused: 请分成几次发。')
    expect(ids(own.heard)).toEqual(['后说的'])
  })

  it('words the service breaks over again and again are set aside; a busy service is waited for', async () => {
    const own = device()
    own.openTab()
    own.write('毒')
    own.write('后说的')
    own.refuse.set('毒', new Refusal('broken', '', 500))
    own.wake()
    await own.settle()
    expect(ids(own.heard)).toEqual(['后说的'])
    expect(own.marks.get('毒')).toMatch(/^refused/)
  })

  it('sends nothing without a line, and everything when it is back', async () => {
    const own = device()
    own.line(false)
    own.openTab()
    own.write('一')
    own.write('二')
    own.wake()
    await own.settle()
    expect(own.heard).toEqual([])
    own.line(true)
    await own.settle()
    expect(ids(own.heard)).toEqual(['一', '二'])
  })

  it('whatever is cut, in one tab or two: every message once, in order, with its files', async () => {
    const messages = fc.array(fc.array(fc.constantFrom('p1', 'p2', 'p3'), { maxLength: 3 }), {
      minLength: 1,
      maxLength: 6,
    })
    const fates = fc.array(fc.constantFrom<Fate>('heard', 'lost', 'heardButNoAnswer'), { maxLength: 25 })
    const events = fc.array(fc.constantFrom('write', 'photo', 'cut', 'mend', 'reload', 'wait'), {
      maxLength: 25,
    })
    await fc.assert(
      fc.asyncProperty(
        messages,
        fates,
        events,
        fc.integer({ min: 1, max: 2 }),
        async (said, fate, happens, tabs) => {
          const own = device([...fate])
          for (let tab = 0; tab < tabs; tab++) own.openTab()
          const waiting = said.map((files, no) => ({ id: `话${no}`, files: [...new Set(files)] }))
          const want = waiting.map(one => ({ ...one }))
          const photos = ['p1', 'p2', 'p3']
          const write = () => {
            const next = waiting.shift()
            if (next) own.write(next.id, next.files)
          }
          for (const what of happens) {
            if (what === 'write') write()
            if (what === 'photo') own.ready.add(photos.shift() ?? 'p1')
            if (what === 'cut') own.line(false)
            if (what === 'mend') own.line(true)
            if (what === 'reload') own.openTab()
            own.wake()
            await new Promise(done => setImmediate(done))
          }
          while (waiting.length) write()
          for (const photo of photos) own.ready.add(photo)
          own.line(true)
          await own.settle()
          expect(own.heard).toEqual(want)
          expect(own.kept).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })
})
