import { newChatCode } from '../../src/actions/staff-chat.ts'
import type { Bubble } from '../../src/bot/channel.ts'
import { plainText } from '../../src/bot/wording.ts'
import type { StaffRole } from '../../src/rules/people/roles.ts'
import { announceFile, keepReady } from '../../src/store/files.ts'
import { personAt } from '../../src/store/persons.ts'
import { linesOf } from '../../src/store/talks.ts'
import type { TestHouse } from '../house.ts'
import { clerk } from './staff.ts'

export const GRID = '150402010003001'
export const GRID2 = '150402010003002'

/** A member of staff whose chat is linked: `who` is the address they write from. */
export async function linked(t: TestHouse, who: string, role: StaffRole = 'gridWorker', unit = GRID) {
  const member = await clerk(t, `s-${who}`, role, unit)
  const { code } = await newChatCode(t.house, member.staffId)
  const said = await t.say(who, `绑定 ${code}`)
  return { ...member, said }
}

export const personOf = async (t: TestHouse, who: string) =>
  (await personAt(t.house.store.read, { channel: 'web', appId: '-', address: who }))!.personId

let made = 0

/** Sends pictures that have arrived, with words or without. */
export async function sendPhotos(t: TestHouse, who: string, count: number, text = ''): Promise<string> {
  const personId = await personOf(t, who)
  const files = []
  for (let n = 0; n < count; n++) {
    const id = `00000000-0000-7000-8000-${String(++made).padStart(12, '0')}`
    const image = { kind: 'image', type: 'image/jpeg', bytes: 10, width: 4, height: 3 } as const
    await t.house.store.write(async tx => {
      await announceFile(tx, { id, personId, bytes: 10, name: 'p.jpg' }, t.house.now())
      await keepReady(tx, id, image)
    })
    files.push({ id, kind: 'image' as const })
  }
  const heard = { channel: 'web', appId: '-', address: who, externalId: `f${made}`, text, files } as const
  const { replies } = await t.receive(heard)
  return replies.map(line => plainText(JSON.parse(line.body) as Bubble)).join('\n')
}

/** Lines of somebody's conversation that came outside their own turns. */
export async function toldTo(t: TestHouse, who: string): Promise<string[]> {
  const lines = await linesOf(t.house.store.read, await personOf(t, who), { limit: 200 })
  return lines
    .filter(line => line.sender === 'notice')
    .map(line => (JSON.parse(line.body) as { text: string }).text)
}
