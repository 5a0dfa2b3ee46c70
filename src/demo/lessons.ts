import type { House } from '../actions/house.ts'
import { keepLesson, wishLearning } from '../actions/learning/examples.ts'
import { mayTeach } from '../rules/learning/may-teach.ts'
import { type CaseRow, caseById, textsOf } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'

/** What understanding takes for what now and then, in the demonstration. */
const MISTAKEN: Readonly<Record<string, string>> = {
  'dept:城市管理': 'dept:城乡建设',
  'dept:城乡建设': 'panel:物业纠纷',
  'panel:物业纠纷': 'dept:市场监管',
  'dept:供水供电供热燃气': 'panel:物业纠纷',
  'dept:环境保护': 'dept:城市管理',
  'dept:公安': 'dept:交通运输',
  'dept:市场监管': 'dept:商贸旅游',
  'panel:劳动争议纠纷': 'dept:劳动和社会保障',
}
/** Every so many-th proposal was asked back about, or mistaken; every so many-th resident agreed. */
const [ASKED, WRONG, AGREES] = [5, 8, 90]

/** What was proposed for each grievance of the demonstration, and examples of those who agreed; by the real actions. */
export async function addDemoLessons(house: House): Promise<number> {
  const rows = await house.store.read.sql.all<{ id: string }>(
    `SELECT "id" FROM "Case" WHERE "kind" = 'grievance' AND "category" NOT IN ('danger', 'accusation') ORDER BY "createdAt", "code"`,
  )
  const agreed = new Set<string>()
  await house.store.write(async tx => {
    for (const [index, { id }] of rows.entries()) {
      const row = (await caseById(tx, id))!
      if (row.personId && index % AGREES === 0 && mayTeach(row) && !agreed.has(row.personId)) {
        agreed.add(row.personId)
        await wishLearning(house, tx, row.personId, { on: true })
      }
      await addLesson(house, tx, row, index)
    }
  })
  return rows.length
}

async function addLesson(house: House, tx: Tx, row: CaseRow, index: number): Promise<void> {
  const other = row.route === null ? undefined : MISTAKEN[row.route]
  const wrong = other !== undefined && index % WRONG === 3
  const asked = index % ASKED === 1 || (wrong && index % 3 === 0)
  const proposed = {
    ...{ category: row.category, route: wrong ? other : row.route, asked },
    confidence: asked ? 0.4 + (index % 25) / 100 : 0.73 + (index % 24) / 100,
    alternatives: other ? [{ route: wrong ? row.route! : other, confidence: 0.12 }] : [],
    chosen: asked ? row.category : null,
  }
  await keepLesson(house, tx, row, proposed, await textsOf(tx, row.id))
}
