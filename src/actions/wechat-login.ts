import type { Tx } from '../store/db.ts'
import { addIdentity } from '../store/identities.ts'
import {
  type Address,
  addressesOf,
  type Known,
  makePerson,
  moveIdentity,
  personAt,
} from '../store/persons.ts'

/** Who WeChat says is there: an address at one of our accounts, and the id all of them share where WeChat gives it. */
export interface Proven {
  channel: 'wechat' | 'mini'
  appId: string
  openid: string
  unionid: string | null
}

const UNION = 'unionid'

/**
 * A browser, or a mini program, whose person WeChat has proven. Whoever is known by that address, or by the unionid, is who is here: the browser's own address moves to
 * them, and with it what was filed here where nobody else is left behind. Nobody known: the address becomes one more of the person here. Each move is a row of `Merge`, so it can be taken back.
 * Returns the person.
 */
export async function signInByWechat(tx: Tx, here: Known, proven: Proven, now: string): Promise<string> {
  const { channel, appId, openid, unionid } = proven
  const own: Address = { channel, appId, address: openid }
  const union: Address | null = unionid ? { channel: UNION, appId: '-', address: unionid } : null
  const byOwn = await personAt(tx, own)
  const byUnion = union ? await personAt(tx, union) : null
  const personId = byUnion?.personId ?? byOwn?.personId ?? (await unclaimed(tx, here, own, now))
  if (!byOwn) await addIdentity(tx, personId, own, 'wechat', now)
  else await moveIdentity(tx, byOwn.identityId, personId, 'unionid', now)
  if (union && !byUnion) await addIdentity(tx, personId, union, 'wechat', now)
  await moveIdentity(tx, here.identityId, personId, 'wechat', now)
  return personId
}

/** The person here, unless another account of the same kind is theirs: two people may share a browser, never a record. */
async function unclaimed(tx: Tx, here: Known, own: Address, now: string): Promise<string> {
  const others = await addressesOf(tx, here.personId)
  const taken = others.some(at => at.channel === own.channel && at.appId === own.appId)
  return taken ? makePerson(tx, now, here.language) : here.personId
}
