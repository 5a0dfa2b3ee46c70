import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { inviteStaff } from '../../src/actions/staff-accounts.ts'
import { makeHouse } from '../house.ts'

/** What a resident and a clerk leave behind that must never stand in the file as it is. */
const SECRETS = [
  '13812345678',
  '欧阳若兰',
  '隔壁夫妻天天半夜吵架摔东西',
  '3号楼2单元1701',
  '药都准备好了',
  'o6_bmjrPTlm6_2sgVt7hMZOPfL2M',
  '内部看过的话',
  '诸葛明月',
]

it('leaves no phone, name, word or address in clear in the database file', async () => {
  const t = await makeHouse()
  const openid = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M'
  const said = [
    '红山郡3号楼2单元1701隔壁夫妻天天半夜吵架摔东西，我叫欧阳若兰，电话13812345678',
    '1',
    '1',
    '1',
    '我不想活了，药都准备好了',
  ]
  for (const [n, text] of said.entries()) await t.say(openid, text, { channel: 'wechat', id: `message ${n}` })
  await inviteStaff(t.house, { login: 'zhuge', name: '诸葛明月', role: 'townClerk', unitId: '150402010' })
  const count = await t.house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Case"')
  expect(count?.n).toBe(2)

  const file = t.url.slice('file:'.length)
  const db = new Database(file, { readonly: true })
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'CaseSearch%'")
    .all() as { name: string }[]
  const shown = tables
    .map(({ name }) => JSON.stringify(db.prepare(`SELECT * FROM "${name}"`).all()))
    .join('\n')
  db.close()
  expect(shown.length).toBeGreaterThan(10_000)
  for (const secret of SECRETS) expect(shown.includes(secret), secret).toBe(false)

  const raw = readFileSync(file).toString('latin1') + readFileSync(`${file}-wal`).toString('latin1')
  for (const secret of SECRETS)
    expect(raw.includes(Buffer.from(secret, 'utf8').toString('latin1')), `${secret} in the raw file`).toBe(
      false,
    )
  await t.close()
})
