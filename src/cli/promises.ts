import { countedLines, keptLines, publicMonths } from '../actions/promises.ts'
import { openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { flag, UsageFault } from '../cli-flags.ts'
import { readConfig } from '../config.ts'
import type { District } from '../district.ts'
import { type SaidLine, type SaidMonth, type SaidShare, sayable } from '../rules/board/hide.ts'

/**
 * Counts the public page of promises kept once more, case by case from the ledger, and prints what it may say. Exit code 1 when the figures
 * kept as cases end say something else.
 */
export const promisesCommand: Command = async args => {
  const month = flag(args, 'month')
  if (month && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new UsageFault('--month is YYYY-MM')
  const app = await openApp(
    { ...readConfig(), logLevel: 'error' },
    { withoutDemo: true, command: { name: 'promises', args } },
  )
  const { house } = app
  let differ = 0
  for (const one of month ? [month] : publicMonths(house)) {
    const counted = await countedLines(house, one)
    const agrees = JSON.stringify(counted) === JSON.stringify(await keptLines(house, one))
    if (!agrees) differ++
    process.stdout.write(`${monthTable(one, sayable(counted), house.district)}\n`)
    if (!agrees) process.stdout.write(`The figures kept for ${one} differ from this count.\n`)
  }
  await app.close()
  return differ > 0 ? 1 : 0
}

const HEAD = ['类别', '受理', '按时答复', '解决了', '满意']

/** A month as Markdown, the numbers of the page: `—` where nothing was owed, `<5` where a number is not said. */
function monthTable(month: string, { rows, rest, total }: SaidMonth<string>, district: District): string {
  const name = (key: string) => district.categories.find(one => one.key === key)?.name ?? key
  const lines = [
    ...rows.map(({ key, line }) => cells(name(key), line)),
    ...(rest ? [cells(`其余 ${rest.count} 类`, rest.line)] : []),
    cells('合计', total),
  ]
  const row = (of: readonly string[]) => `| ${of.join(' | ')} |`
  return [`## ${month}`, '', row(HEAD), row(HEAD.map(() => '---')), ...lines.map(row), ''].join('\n')
}

const cells = (name: string, { received, answered, solved, satisfied }: SaidLine) => [
  ...[name, received === null ? '<5' : String(received)],
  ...[answered, solved, satisfied].map(share),
]

const share = ({ n, of }: SaidShare) => (of === 0 ? '—' : `${n ?? '<5'}/${of ?? '<5'}`)
