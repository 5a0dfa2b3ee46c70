import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BOOKS } from '../admin/books.ts'
import { type Admin, importFolder, previewFolder, type Refused, textsNow } from '../admin/change.ts'
import { countsOf } from '../admin/diff.ts'
import type { Plan } from '../admin/plan.ts'
import { type AppOptions, openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { flag, UsageFault } from '../cli-flags.ts'
import { readConfig } from '../config.ts'
import { readFolder } from '../district.ts'
import { faultWords } from '../district-words.ts'
import { addAudit } from '../store/audit.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Opens the house for one piece of work over its district. */
async function over(
  command: AppOptions['command'] & object,
  work: (admin: Admin) => Promise<number>,
): Promise<number> {
  const app = await openApp({ ...readConfig(), logLevel: 'error' }, { withoutDemo: true, command })
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

/** `export FOLDER`: writes the district as it stands now, accounts included, as the folder `import` and the administration read. */
export const exportCommand: Command = async ([folder]) => {
  if (!folder) throw new UsageFault('export needs a folder')
  return over({ name: 'export', args: [] }, async admin => {
    const texts = await textsNow(admin)
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of texts) writeFileSync(join(folder, name), text)
    const { store, now } = admin.house
    await store.write(tx => addAudit(tx, { staffId: null, what: 'exportDistrict' }, now()))
    say(`${texts.size} files in ${folder}`)
    return 0
  })
}

/** `import FOLDER [--apply] [--reason WORDS]`: tells what the folder would change, or every fault by file and line; with `--apply` does it. */
export const importCommand: Command = async args => {
  const [folder] = args
  if (!folder || folder.startsWith('--')) throw new UsageFault('import needs a folder')
  const by = { staffId: null, reason: flag(args, 'reason') }
  return over({ name: 'import', args: args.includes('--apply') ? ['--apply'] : [] }, async admin => {
    const texts = readFolder(folder)
    const { plan, refused } = await previewFolder(admin, texts, by)
    if (!plan.ok) return stopped(folder, plan)
    tellPlan(plan)
    if (refused) return stopped(folder, refused)
    if (!args.includes('--apply')) {
      say('nothing was changed; add --apply to bring it in')
      return 0
    }
    const done = await importFolder(admin, texts, by)
    if (!done.ok) return stopped(folder, done)
    say(`brought in as change ${done.no}; it can be undone in the administration`)
    return 0
  })
}

function tellPlan({ changes, others }: Plan): void {
  for (const { key } of BOOKS) {
    const { added, changed, removed } = countsOf(changes.filter(({ book }) => book === key))
    if (added + changed + removed > 0) say(`${key.padEnd(14)} +${added} ~${changed} -${removed}`)
  }
  for (const file of others) say(`${file} differs in what no book shows`)
}

/** Says why not; nothing to change is no fault. */
function stopped(folder: string, refused: Refused): number {
  if (refused.why === 'noChange') {
    say('the same as what stands; nothing to change')
    return 0
  }
  for (const line of whys(folder, refused)) process.stderr.write(`${line}\n`)
  return 1
}

function whys(folder: string, refused: Refused): string[] {
  if (refused.why === 'faults')
    return refused.faults.map(
      fault => `${join(folder, fault.file)}:${fault.line}: ${faultWords('en', fault)}`,
    )
  if (refused.why === 'inUse')
    return refused.needed.map(({ title, what }) => {
      const counts = Object.entries(what).map(([kind, n]) => `${n} ${kind}`)
      return `${title} cannot go: it still has ${counts.join(', ')}; close it to new ones instead`
    })
  if (refused.why === 'accountStays')
    return refused.logins.map(login => `${login} has been used and cannot go; suspend it instead`)
  return ['somebody is changing the district at this moment; try again']
}
