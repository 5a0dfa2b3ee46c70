import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, expect, it } from 'vitest'
import { announce, copyOf, type Place, takePiece } from '../../src/files/arrive.ts'
import type { Store } from '../../src/store/db.ts'
import {
  attachFiles,
  eraseFilesOf,
  fileById,
  fileKey,
  fileName,
  filesOfCase,
  forgottenFiles,
  freeFiles,
  readyFiles,
} from '../../src/store/files.ts'
import { knownBy } from '../../src/store/persons.ts'
import { openShelf } from '../../src/store/shelf.ts'
import { NOW, onBoth } from '../store/databases.ts'
import * as made from './made.ts'

const folder = mkdtempSync(join(tmpdir(), 'huiyin-shelf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const placeOf = (store: Store): Place => ({ store, shelf: openShelf(folder), now: () => NOW })
const person = (store: Store, address: string) =>
  store.write(async tx => (await knownBy(tx, { channel: 'web', appId: '-', address }, NOW)).personId)

/** Announces and sends bytes in pieces of a size; answers with the id and what came of the last piece. */
async function send(place: Place, personId: string, bytes: Buffer, size = 50_000, id = v7()) {
  const told = await announce(place, personId, { id, name: 'IMG_欧阳若兰.jpg', bytes: bytes.length })
  if (!told.ok) return { id, last: told }
  let last = told
  for (let at = 0; at < bytes.length; at += size) {
    const piece = await takePiece(place, personId, id, at, bytes.subarray(at, at + size))
    if (!piece.ok) return { id, last: piece }
    last = piece
  }
  return { id, last }
}

/** Every file below a folder. */
const below = (top: string): string[] =>
  existsSync(top)
    ? readdirSync(top, { recursive: true, encoding: 'utf8' })
        .map(name => join(top, name))
        .filter(path => statSync(path).isFile())
    : []

onBoth('files', ledger => {
  it('arrive in pieces, are finished once, and nothing of them lies in clear', async () => {
    const { store } = await ledger.fresh()
    const place = placeOf(store)
    const who = await person(store, 'a')
    const photo = await made.jpeg({ width: 900, height: 600 })
    const { id, last } = await send(place, who, photo)
    expect(last).toMatchObject({
      ok: true,
      row: { state: 'ready', kind: 'image', type: 'image/jpeg', width: 900, height: 600 },
    })
    const row = (await fileById(store.read, id))!
    const full = (await copyOf(place, row, 'full'))!
    expect([full.length, full.subarray(0, 3).toString('hex')]).toEqual([row.bytes, 'ffd8ff'])
    expect((await copyOf(place, row, 'small'))!.length).toBeLessThan(full.length)
    expect(await fileName(store.read, id)).toBe('IMG_欧阳若兰.jpg')
    const names = below(join(folder, id.slice(-2), id))
    expect(names.map(name => name.split('/').at(-1)).sort()).toEqual(['full', 'small'])
    for (const name of names) {
      const bytes = readFileSync(name)
      expect([bytes.includes(full.subarray(0, 40)), bytes.includes(Buffer.from('ffd8ff', 'hex'))]).toEqual([
        false,
        false,
      ])
    }
    const key = (await fileKey(store.read, id))!
    const sealed = readFileSync(names[0]!)
    sealed[sealed.length - 1]! ^= 1
    writeFileSync(names[0]!, sealed)
    const touched = names[0]!.endsWith('full') ? 'full' : 'small'
    await expect(place.shelf.copy(id, key, touched)).rejects.toThrow()
  })

  it('belong to whoever announced them: for others there are none', async () => {
    const { store } = await ledger.fresh()
    const place = placeOf(store)
    const [mine, other] = [await person(store, 'a'), await person(store, 'b')]
    const { id } = await send(place, mine, await made.jpeg())
    expect(await announce(place, other, { id, name: '', bytes: 9 })).toEqual({ ok: false, why: 'notFound' })
    expect(await takePiece(place, other, id, 0, Buffer.alloc(9))).toEqual({ ok: false, why: 'notFound' })
    expect(await readyFiles(store.read, other, [id])).toEqual([])
    expect(await readyFiles(store.read, mine, [id])).toHaveLength(1)
    // The id of a person is no file: its key stays what it is.
    expect(await announce(place, other, { id: mine, name: '', bytes: 9 })).toMatchObject({ ok: true })
    expect(await send(place, mine, await made.jpeg())).toMatchObject({ last: { ok: true } })
  })

  it('go to one case and stay there', async () => {
    const { store } = await ledger.fresh()
    const place = placeOf(store)
    const [mine, other] = [await person(store, 'a'), await person(store, 'b')]
    const one = await send(place, mine, await made.jpeg())
    const two = await send(place, mine, made.pdf())
    const files = [{ id: one.id }, { id: two.id }]
    expect(await store.write(tx => attachFiles(tx, other, 'case 0', files))).toEqual([])
    expect(await store.write(tx => attachFiles(tx, mine, 'case 1', [files[0]!]))).toEqual([one.id])
    expect(await store.write(tx => attachFiles(tx, mine, 'case 2', files))).toEqual([two.id])
    expect(await freeFiles(store.read, mine, files)).toEqual([])
    expect(await filesOfCase(store.read, 'case 1')).toEqual([
      expect.objectContaining({
        id: one.id,
        kind: 'image',
        type: 'image/jpeg',
        width: 900,
        height: 600,
        at: NOW,
      }),
    ])
    expect(await filesOfCase(store.read, 'case 2')).toEqual([
      { id: two.id, kind: 'file', type: 'application/pdf', bytes: made.pdf().length, at: NOW },
    ])
  })

  it('are erased with their sender, save what a case holds', async () => {
    const { store } = await ledger.fresh()
    const place = placeOf(store)
    const mine = await person(store, 'a')
    const [kept, gone] = [
      await send(place, mine, await made.jpeg()),
      await send(place, mine, await made.jpeg()),
    ]
    await store.write(tx => attachFiles(tx, mine, 'case 1', [{ id: kept.id }]))
    await store.write(tx => eraseFilesOf(tx, mine))
    expect(await fileById(store.read, gone.id)).toBeNull()
    expect(await fileKey(store.read, gone.id)).toBeNull()
    const row = (await fileById(store.read, kept.id))!
    expect([row.personId, await fileName(store.read, kept.id)]).toEqual([null, null])
    expect(await copyOf(place, row, 'full')).not.toBeNull()
  })

  it('are forgotten when nobody wants them', async () => {
    const { store } = await ledger.fresh()
    const place = placeOf(store)
    const mine = await person(store, 'a')
    const ready = await send(place, mine, await made.jpeg())
    const held = await send(place, mine, await made.jpeg())
    const refused = await send(place, mine, made.svg)
    const begun = v7()
    await announce(place, mine, { id: begun, name: '', bytes: 99 })
    await store.write(tx => attachFiles(tx, mine, 'case 1', [{ id: held.id }]))
    const later = '2027-11-03T00:00:00.000Z'
    const sooner = '2026-01-01T00:00:00.000Z'
    const found = async (day: string, season: string) =>
      (await forgottenFiles(store.read, { day, season }, 99)).sort()
    expect(await found(sooner, sooner)).toEqual([])
    expect(await found(later, sooner)).toEqual([refused.id, begun].sort())
    expect(await found(later, later)).toEqual([refused.id, begun, ready.id].sort())
  })

  it('stop at sixty an hour, twelve at once, and 300 MB that no case holds', async () => {
    const { store } = await ledger.fresh()
    const place = placeOf(store)
    const one = await person(store, 'a')
    const begin = (who: string, bytes: number) => announce(place, who, { id: v7(), name: '', bytes })
    for (let n = 0; n < 12; n++) expect(await begin(one, 99)).toMatchObject({ ok: true })
    expect(await begin(one, 99)).toEqual({ ok: false, why: 'full' })
    await store.write(
      async tx => void (await tx.sql.run(`UPDATE "File" SET "state" = 'ready', "bytes" = 31457280`)),
    )
    expect(await begin(one, 99)).toEqual({ ok: false, why: 'full' })
    await store.write(async tx => void (await tx.sql.run(`UPDATE "File" SET "caseId" = 'case 1'`)))
    for (let n = 12; n < 60; n++) {
      expect(await begin(one, 99)).toMatchObject({ ok: true })
      await store.write(async tx => void (await tx.sql.run(`UPDATE "File" SET "state" = 'ready'`)))
    }
    expect(await begin(one, 99)).toEqual({ ok: false, why: 'tooMany', wait: 3600 })
    expect(await begin(await person(store, 'b'), 99)).toMatchObject({ ok: true })
  })
})

onBoth('any way of sending', ledger => {
  it('ends in the same bytes, however often pieces are cut, doubled or sent out of their turn', {
    timeout: 60_000,
  }, async () => {
    const { store } = await ledger.fresh()
    const place = placeOf(store)
    const who = await person(store, 'a')
    const whole = Buffer.concat([made.pdf(), Buffer.from('%'.repeat(3000))])
    const tries = fc.array(
      fc.record({ at: fc.nat(whole.length), size: fc.integer({ min: 1, max: 1500 }), honest: fc.boolean() }),
      { maxLength: 25 },
    )
    await fc.assert(
      fc.asyncProperty(tries, async sent => {
        const id = v7()
        await store.write(async tx => void (await tx.sql.run('DELETE FROM "Attempt"')))
        await store.write(async tx => void (await tx.sql.run(`UPDATE "File" SET "caseId" = 'elsewhere'`)))
        expect(await announce(place, who, { id, name: '', bytes: whole.length })).toMatchObject({ ok: true })
        for (const { at, size, honest } of sent) {
          const before = (await fileById(store.read, id))!
          const from = honest ? Math.min(before.received, whole.length) : at
          const piece = whole.subarray(from, from + size)
          // The same piece twice at the same time, as a cut line makes it.
          const answers = await Promise.all([
            takePiece(place, who, id, from, piece),
            takePiece(place, who, id, from, piece),
          ])
          for (const answer of answers)
            if (!answer.ok) expect(answer).toMatchObject({ why: 'offset', received: before.received })
        }
        const { received, state } = (await fileById(store.read, id))!
        for (let at = state === 'ready' ? whole.length : received; at < whole.length; at += 700)
          expect(await takePiece(place, who, id, at, whole.subarray(at, at + 700))).toMatchObject({
            ok: true,
          })
        const row = (await fileById(store.read, id))!
        expect(row.state).toBe('ready')
        expect((await copyOf(place, row, 'full'))!.equals(whole)).toBe(true)
      }),
      { numRuns: ledger.kind === 'sqlite' ? 40 : 10 },
    )
  })
})

it('a piece lost from the disk, or half of one beside it, costs a new start and nothing else', async () => {
  const { makeHouse } = await import('../house.ts')
  const t = await makeHouse()
  const who = await person(t.house.store, 'a')
  const photo = await made.jpeg()
  const id = v7()
  await announce(t.house, who, { id, name: '', bytes: photo.length })
  await takePiece(t.house, who, id, 0, photo.subarray(0, 9000))
  await takePiece(t.house, who, id, 9000, photo.subarray(9000, 20_000))
  const home = join(t.files, id.slice(-2), id)
  writeFileSync(join(home, 'aside.0123456789ab'), 'half of a piece, as a kill leaves it')
  rmSync(join(home, 'piece.0'))
  const last = await takePiece(t.house, who, id, 20_000, photo.subarray(20_000))
  expect(last).toEqual({ ok: false, why: 'offset', received: 0 })
  expect(await takePiece(t.house, who, id, 0, photo)).toMatchObject({ ok: true, row: { state: 'ready' } })
  expect(readdirSync(home).sort()).toEqual(['full', 'small'])
  await t.close()
})
