import { expect, it } from 'vitest'
import type { Store } from '../../src/store/db.ts'
import { type Known, knownBy } from '../../src/store/persons.ts'
import {
  addLine,
  addLineAlone,
  conversationOf,
  keepConversation,
  linesOf,
  type Sender,
} from '../../src/store/talks.ts'
import { markQuiet, veilHelp } from '../../src/store/veil.ts'
import { NOW, onBoth } from './databases.ts'

onBoth('veiled lines', ledger => {
  const say = (store: Store, who: Known, sender: Sender, text: string, quiet = false) =>
    store.write(async tx => {
      const row = await conversationOf(tx, who.personId, who.key)
      const body = JSON.stringify({ text })
      const { id } = await addLine(tx, row, who.key, { sender, channel: 'web', body, quiet }, NOW)
      await keepConversation(tx, row, who.key, NOW)
      return id
    })
  const texts = async (store: Store, who: Known, unveiled?: true) =>
    (await linesOf(store.read, who.personId, { limit: 50, ...(unveiled ? { unveiled } : {}) })).map(
      ({ body, veil }) => `${(JSON.parse(body) as { text: string }).text}${veil}`,
    )

  it('what belongs to a call for help goes out of its person’s sight, with a clerk’s words in between; all else stays', async () => {
    const { store } = await ledger.fresh()
    const [who, other] = await store.write(async tx => [
      await knownBy(tx, { channel: 'web', appId: '-', address: 'a' }, NOW),
      await knownBy(tx, { channel: 'web', appId: '-', address: 'b' }, NOW),
    ])
    await say(store, who!, 'staff', '早先的话')
    const own = await say(store, who!, 'me', '心里难受')
    await say(store, who!, 'bot', '怎么回您方便', true)
    await say(store, who!, 'staff', '我在听')
    await say(store, who!, 'me', '路灯坏了')
    await say(store, other!, 'me', '别人的求助', true)
    await store.write(tx => markQuiet(tx, [own]))
    expect(await texts(store, who!)).toEqual([
      '早先的话0',
      '心里难受1',
      '怎么回您方便1',
      '我在听0',
      '路灯坏了0',
    ])
    await store.write(tx => veilHelp(tx, who!.personId))
    await store.write(tx => veilHelp(tx, who!.personId))
    expect(await texts(store, who!, true)).toEqual(['早先的话0', '路灯坏了0'])
    expect(await texts(store, who!)).toHaveLength(5)
    expect(await texts(store, other!, true)).toEqual(['别人的求助1'])
    await store.write(tx =>
      addLineAlone(
        tx,
        who!.personId,
        { sender: 'notice', channel: 'notice', body: '{"text":"有回音"}', quiet: true },
        NOW,
      ),
    )
    expect(await texts(store, who!, true)).toEqual(['早先的话0', '路灯坏了0', '有回音1'])
  })
})
