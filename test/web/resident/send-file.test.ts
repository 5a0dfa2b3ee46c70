import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileDoor, type Going, sendFile } from '../../../web/resident/files/send-file.ts'
import type { FileState } from '../../../web/resident/shapes.ts'
import { Refusal } from '../../../web/shared/api.ts'

/** A service that keeps files as docs/protocol.md says; `cut` decides at each call what happens to the line. */
type Cut = 'none' | 'before' | 'after'
function service(cut: () => Cut = () => 'none') {
  const files = new Map<string, { bytes: number; came: Buffer }>()
  const sizes: number[] = []
  const state = (id: string): FileState => {
    const { bytes, came } = files.get(id)!
    return { id, bytes, received: came.length, state: came.length === bytes ? 'ready' : 'arriving' }
  }
  const through = async (work: () => Promise<FileState> | FileState): Promise<FileState> => {
    const now = cut()
    if (now === 'before') throw new Refusal('offline', '')
    const answer = await work()
    if (now === 'after') throw new Refusal('offline', '')
    return answer
  }
  const door: FileDoor = {
    announce: (id, _name, bytes) =>
      through(() => {
        if (!files.has(id)) files.set(id, { bytes, came: Buffer.alloc(0) })
        return state(id)
      }),
    piece: (id, at, blob) =>
      through(async () => {
        const file = files.get(id)
        if (!file) throw new Refusal('notFound', '没有', 404)
        sizes.push(blob.size)
        if (at !== file.came.length)
          throw new Refusal('conflict', '', 409, [{ field: 'at', why: String(file.came.length) }])
        file.came = Buffer.concat([file.came, Buffer.from(await blob.arrayBuffer())])
        return state(id)
      }),
  }
  return { door, files, sizes }
}

/** A clock that moves `tick` with each look; pauses are over at once. */
function going(tick = 10, wanted = () => true) {
  let now = 0
  const seen: number[] = []
  const pauses: number[] = []
  const way: Going = {
    came: received => void seen.push(received),
    wanted,
    pause: async milliseconds => void pauses.push(milliseconds),
    now: () => (now += tick),
  }
  return { way, seen, pauses }
}

const file = (bytes: Uint8Array<ArrayBuffer>) => ({ id: 'f1', name: 'IMG.jpg', blob: new Blob([bytes]) })
const grain = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) % 251)

describe('a file on its way', () => {
  it('arrives whole, in pieces that grow on a good line', async () => {
    const { door, files, sizes } = service()
    const bytes = grain(900_000)
    const { way, seen } = going()
    expect(await sendFile(file(bytes), door, way)).toMatchObject({ state: 'ready' })
    expect(files.get('f1')!.came.equals(Buffer.from(bytes))).toBe(true)
    expect(Math.max(...sizes)).toBe(256 * 1024)
    expect(sizes[0]).toBeLessThan(256 * 1024)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  it('goes in small pieces on a slow line', async () => {
    const { door, sizes } = service()
    await sendFile(file(grain(400_000)), door, going(9_000).way)
    expect(Math.max(...sizes)).toBe(64 * 1024)
  })

  it('goes on where the service stands, and begins anew where it was forgotten', async () => {
    const { door, files } = service()
    const bytes = grain(300_000)
    await door.announce('f1', 'IMG.jpg', bytes.length)
    await door.piece('f1', 0, new Blob([bytes.slice(0, 100_000)]))
    let calls = 0
    const forgetful: FileDoor = {
      ...door,
      piece(id, at, blob) {
        if (++calls === 2) files.delete('f1')
        return door.piece(id, at, blob)
      },
    }
    expect(await sendFile(file(bytes), forgetful, going().way)).toMatchObject({ state: 'ready' })
    expect(files.get('f1')!.came.equals(Buffer.from(bytes))).toBe(true)
  })

  it('goes on where another tab has come to', async () => {
    const { door, files, sizes } = service()
    const bytes = grain(150_000)
    const behind: FileDoor = {
      ...door,
      async announce(...words) {
        const state = await door.announce(...words)
        await door.piece('f1', 0, new Blob([bytes.slice(0, 100_000)]))
        return state
      },
    }
    expect(await sendFile(file(bytes), behind, going().way)).toMatchObject({ state: 'ready' })
    expect(files.get('f1')!.came.equals(Buffer.from(bytes))).toBe(true)
    expect(sizes, 'one piece from the other tab, one in vain, one that fits').toHaveLength(3)
  })

  it.each([
    ['badFile', '这不是照片。请换一个。'],
    ['tooLarge', '超过 20 MB。'],
    ['badRequest', '说不通。'],
  ])('%s ends it with the sentence of the service', async (code, sentence) => {
    const { door } = service()
    const strict: FileDoor = { ...door, piece: () => Promise.reject(new Refusal(code, sentence, 422)) }
    expect(await sendFile(file(grain(10)), strict, going().way)).toMatchObject({
      state: 'refused',
      why: sentence,
    })
  })

  it('waits as long as the service asks', async () => {
    const { door } = service()
    let busy = true
    const full: FileDoor = {
      ...door,
      announce(...words) {
        if (!busy) return door.announce(...words)
        busy = false
        return Promise.reject(new Refusal('tooMany', '', 429, [], 7))
      },
    }
    const { way, pauses } = going()
    await sendFile(file(grain(10)), full, way)
    expect(pauses[0]).toBe(7000)
  })

  it('stops when it is removed', async () => {
    const { door, sizes } = service()
    let calls = 0
    expect(await sendFile(file(grain(900_000)), door, going(10, () => ++calls < 4).way)).toBeUndefined()
    expect(sizes).toHaveLength(2)
  })

  it('arrives whole whatever is cut', async () => {
    const cuts = fc.array(fc.constantFrom<Cut>('none', 'before', 'after'), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700_000 }), cuts, async (length, when) => {
        const { door, files } = service(() => when.shift() ?? 'none')
        const bytes = grain(length)
        expect(await sendFile(file(bytes), door, going().way)).toMatchObject({ state: 'ready' })
        expect(files.get('f1')!.came.equals(Buffer.from(bytes))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
