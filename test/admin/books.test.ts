import { describe, expect, it } from 'vitest'
import { BOOKS, bookOf } from '../../src/admin/books.ts'
import { countsOf, rowChanges } from '../../src/admin/diff.ts'
import { folderOf, textsOf } from '../../src/admin/folder.ts'
import type { Row } from '../../src/admin/lenses.ts'
import { type Plan, planEdit, planImport, planUndo, type Stopped } from '../../src/admin/plan.ts'
import { readFolder } from '../../src/district.ts'
import { faultWords } from '../../src/district-words.ts'

const texts = readFolder('config/hongshan')
const folder = folderOf(texts)
const rowsOf = (key: string, of = texts) => bookOf(key)!.lens.rows(folderOf(of))
const isSame = () => true

/** What changing one row gives. */
function edit(key: string, id: string | null, row: Row | null, now = texts): Plan | Stopped {
  return planEdit(now, { book: bookOf(key)!, id, row, isSame })
}

/** A row of a book with some fields changed. */
const changed = (key: string, id: string, fields: Row, now = texts): Row => ({
  ...rowsOf(key, now).find(row => bookOf(key)!.id(row) === id),
  ...fields,
})

function left(planned: Plan | Stopped) {
  if (!planned.ok) throw new Error(JSON.stringify(planned))
  return planned.after
}

describe.each(BOOKS.map(book => [book.key, book] as const))('the book of %s', (_, book) => {
  it('puts back what it took out, to the letter', () => {
    const rows = book.lens.rows(folder)
    expect(textsOf(book.lens.put(folder, rows), texts)).toEqual(texts)
    expect(new Set(rows.map(book.id)).size).toBe(rows.length)
    expect(book.fields.length).toBeGreaterThan(0)
    if (rows.length > 1) expect(rows.every(row => book.title(row).trim() !== '')).toBe(true)
  })
})

it('writes a folder as it is kept: a file nobody touched keeps its text, a new one is laid out alike', () => {
  const anew = textsOf(folder, new Map())
  const alike = [...texts].filter(([name, text]) => anew.get(name) === text).map(([name]) => name)
  expect(alike).toEqual(expect.arrayContaining(['units.json', 'grids.json', 'grids.geojson', 'panels.json']))
  for (const [name, text] of texts) expect(JSON.parse(anew.get(name)!)).toEqual(JSON.parse(text))
})

const GRID = { code: '150402010003099', name: '红山郡社区第99网格', kind: 'basic', head: '王新', workers: 1 }
const OUTLINE = '118.9, 42.2\n118.91, 42.2\n118.91, 42.21'

// biome-ignore format: a table
const GOOD: [string, string, string | null, Row | null, string[]][] = [
  ['a town by another name',   'units',      '150402001', changed('units', '150402001', { name: '西屯新街道' }),             ['units.json']],
  ['a unit closed to new',     'units',      '150402001001', changed('units', '150402001001', { closed: true }),             ['units.json']],
  ['a shift by other hours',   'roster',     '150402001|12345|08:30|17:30', changed('roster', '150402001|12345|08:30|17:30', { from: '08:00' }), ['roster.json']],
  ['a day off',                'holidays',   null, { date: '2027-01-01', kind: 'off' },                                     ['calendar.json']],
  ['a day off no more',        'holidays',   '2026-10-07|off', null,                                                       ['calendar.json']],
  ['a category',               'categories', null, { key: 'squareNoise', name: '广场噪声', nameEn: 'Square noise', route: null, class: 'general', hints: [] }, ['categories.json']],
  ['a grid with its outline',  'grids',      null, { ...GRID, outline: OUTLINE },                                           ['district.json', 'grids.geojson', 'grids.json']],
  ['hours of the whole year',  'hours',      'hours', changed('hours', 'hours', { frames: [{ from: '09:00', to: '12:00' }] }), ['calendar.json']],
  ['settings',                 'settings',   'district', changed('settings', 'district', { nameEn: 'Hongshan' }),           ['district.json']],
  ['an item of the whistle',   'whistle',    null, { group: 'property', name: '垃圾房无人清', departments: ['D01'], respondHours: 8 }, ['whistle.json']],
  ['own words of a notice',    'notices',    'resident.taken', { key: 'resident.taken', zh: '{{code}} 由{{office}}接手了。', en: '{{code}}: {{office}} has it.' }, ['notices.json']],
]

describe('a change', () => {
  it.each(GOOD)(
    '%s touches its files alone, and can be taken back to the letter',
    (_, key, id, row, files) => {
      const planned = edit(key, id, row)
      expect(planned).toMatchObject({ ok: true })
      if (!planned.ok) return
      expect(Object.keys(planned.texts).sort()).toEqual(files)
      expect(planned.changes.filter(change => change.book === key)).toHaveLength(1)
      const back = planUndo(planned.after, planned.texts)
      expect(left(back)).toEqual(texts)
    },
  )

  // biome-ignore format: a table
  it.each<[string, string, string | null, Row | null, string, string, string]>([
    ['a unit of another town',  'units',      '150402001001', { code: '150402999001', name: '某社区', short: '某社区' }, 'code', '150402999001 应当以上级代码', 'does not begin with'],
    ['a shift nobody has',      'roster',     '150402|00:00|24:00', changed('roster', '150402||00:00|24:00', { person: 'nobody' }), 'person', '没有账号 nobody', 'no log-in nobody'],
    ['a day that is none',      'holidays',   null, { date: '2026-02-30', kind: 'off' }, 'date', '2026-02-30 不是有效的日期', 'is no date'],
    ['a day off and on',        'holidays',   null, { date: '2026-10-07', kind: 'on' }, 'date', '不能既放假又上班', 'both a day off'],
    ['an unserved category',    'categories', 'lift', changed('categories', 'lift', { route: 'dept:航天' }), 'route', '没有单位承办', 'nobody serves'],
    ['a category without name', 'categories', 'lift', changed('categories', 'lift', { name: '' }), 'name', '没有填', 'is empty'],
    ['a grid without outline',  'grids',      null, { ...GRID, outline: '' }, 'code', '还没有边界', 'has no outline'],
    ['a grid half drawn',       'grids',      null, { ...GRID, outline: '118.9, 42.2' }, 'outline', '带网格代码的多边形', 'must be a Polygon'],
    ['a notice short of a blank', 'notices',  'resident.taken', { key: 'resident.taken', zh: '{{code}} 有人接手了。', en: '{{code}}: {{office}} has it.' }, 'zh', '少了空位 {{office}}', 'is missing'],
    ['a notice of other blanks', 'notices',   'resident.taken', { key: 'resident.taken', zh: '{{code}} {{office}}', en: '{{code}} {{office}} {{phone}}' }, 'en', '没有空位 {{phone}}', 'no blank'],
    ['a short form too long',   'notices',    'brief.taken', { key: 'brief.taken', zh: '有人接手了'.repeat(5), en: 'Taken' }, 'zh', '最多 20 个字', 'may have 20'],
    ['a notice that is none',   'notices',    'resident.sang', { key: 'resident.sang', zh: '唱歌', en: 'Sang' }, 'key', '没有通知', 'no notice'],
    ['a template of no step',   'canned',     'willCall', changed('canned', 'willCall', { fields: { basis: '合同' } }), 'fields', '没有“basis”', 'does not ask for'],
  ])('%s is refused beside its field, in both languages', (_, key, id, row, field, zh, en) => {
    const wanted = key === 'roster' ? '150402||00:00|24:00' : id
    const planned = edit(key, wanted, row)
    expect(planned).toMatchObject({ ok: false, why: 'faults' })
    if (planned.ok || planned.why !== 'faults') return
    const [fault] = planned.faults
    expect([fault!.book, String(fault!.at[0])]).toEqual([key, field])
    expect(faultWords('zh-CN', fault!)).toContain(zh)
    expect(faultWords('en', fault!)).toContain(en)
  })

  it('of a department others name is refused where they name it', () => {
    const planned = edit('departments', 'D01', null)
    expect(planned).toMatchObject({ ok: false, why: 'faults' })
    if (planned.ok || planned.why !== 'faults') return
    expect(new Set(planned.faults.map(({ book }) => book))).toEqual(
      new Set(['staff', 'whistle', 'categories']),
    )
  })

  it('is refused on a key that stands, on a row that moved on, and where nothing changes', () => {
    const row = changed('categories', 'lift', {})
    expect(edit('categories', null, row)).toEqual({ ok: false, why: 'idTaken' })
    expect(edit('categories', 'lift', row)).toEqual({ ok: false, why: 'noChange' })
    expect(edit('categories', 'ghost', row)).toEqual({ ok: false, why: 'notFound' })
    const book = bookOf('categories')!
    expect(planEdit(texts, { book, id: 'lift', row, isSame: () => false })).toMatchObject({ why: 'faster' })
  })

  it('is not held up by what was wrong before', () => {
    const broken = new Map(texts)
    broken.set('roster.json', texts.get('roster.json')!.replace('"deputy": "west2"', '"deputy": "nobody"'))
    const row = changed('categories', 'lift', { name: '电梯和扶梯' })
    expect(edit('categories', 'lift', row, broken)).toMatchObject({ ok: true })
  })
})

describe('taking back', () => {
  const first = edit('categories', 'lift', changed('categories', 'lift', { name: '电梯和扶梯' })) as Plan

  it('leaves what others changed since', () => {
    const later = changed('categories', 'water', { nameEn: 'Water' }, first.after)
    const second = left(edit('categories', 'water', later, first.after))
    const back = left(planUndo(second, first.texts))
    expect(rowsOf('categories', back).find(row => row.key === 'lift')).toMatchObject({ name: '电梯' })
    expect(rowsOf('categories', back).find(row => row.key === 'water')).toMatchObject({ nameEn: 'Water' })
  })

  it('is refused where a later change stands on it', () => {
    const later = changed('categories', 'lift', { hints: ['电梯'] }, first.after)
    const second = left(edit('categories', 'lift', later, first.after))
    expect(planUndo(second, first.texts)).toEqual({
      ok: false,
      why: 'laterStands',
      rows: [{ book: 'categories', title: '电梯和扶梯' }],
    })
  })

  it('is refused where it would leave something hanging', () => {
    const added = edit('categories', null, {
      ...{ key: 'kites', name: '风筝', nameEn: 'Kites', route: null, class: 'general', hints: [] },
    }) as Plan
    const template = {
      key: 'kite',
      title: '风筝',
      verb: 'message',
      category: 'kites',
      fields: { text: '好' },
    }
    const used = left(edit('canned', null, template, added.after))
    const back = planUndo(used, added.texts)
    expect(back).toMatchObject({ ok: false, why: 'faults', faults: [{ book: 'canned', says: 'noCategory' }] })
  })

  it('of a grid does not mind a grid that came since', () => {
    const one = edit('grids', null, { ...GRID, outline: OUTLINE }) as Plan
    const other = { ...GRID, code: '150402010003098', outline: OUTLINE }
    const two = left(edit('grids', null, other, one.after))
    const back = left(planUndo(two, one.texts))
    expect(rowsOf('grids', back)).toHaveLength(602)
    expect(folderOf(back)['district.json'].settings.basicGrids).toBe(418)
  })
})

describe('bringing in a folder', () => {
  it('of what was taken out changes nothing', () => {
    expect(planImport(texts, textsOf(folder, texts))).toEqual({ ok: false, why: 'noChange' })
  })

  it('tells every fault by file and line', () => {
    const given = new Map(texts)
    given.set('staff.json', texts.get('staff.json')!.replace('"unit": "D01"', '"unit": "D77"'))
    const cut = new Map(given).set('units.json', `${texts.get('units.json')!.slice(0, 40)}`)
    const one = planImport(texts, cut)
    expect(one).toMatchObject({ ok: false, faults: [{ file: 'units.json', says: 'noJson' }] })
    const two = planImport(texts, given)
    const line =
      texts
        .get('staff.json')!
        .split('\n')
        .findIndex(text => text.includes('"unit": "D01"')) + 1
    expect(two).toMatchObject({
      ok: false,
      faults: [{ file: 'staff.json', line, book: 'staff', at: ['unit'] }],
    })
  })

  it('counts what comes, changes and goes, and names files no book shows', () => {
    const given = new Map(texts)
    given.set('privacy.json', texts.get('privacy.json')!.replace('2026-11-01', '2026-12-01'))
    given.set('hotlines.json', texts.get('hotlines.json')!.replace('"报警"', '"公安报警"'))
    const planned = planImport(texts, given) as Plan
    expect(countsOf(planned.changes)).toEqual({ added: 0, changed: 1, removed: 0 })
    expect(planned.others).toEqual(['privacy.json'])
    expect(left(planUndo(planned.after, planned.texts))).toEqual(texts)
  })

  it('takes a row whose key changed for the same row', () => {
    const given = new Map(texts)
    given.set('roster.json', texts.get('roster.json')!.replace('"from": "08:30"', '"from": "08:00"'))
    const [change, ...more] = rowChanges(folder, folderOf(given), ['roster.json'])
    expect([change?.book, change?.before !== null, change?.after !== null, more]).toEqual([
      'roster',
      true,
      true,
      [],
    ])
  })
})
