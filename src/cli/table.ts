import type { Command } from '../cli.ts'
import { TABLE_NAMES, tableMarkdown } from '../rules/table.ts'

/** Prints a table of the rules for people to read. */
export const tableCommand: Command = async ([name = 'grievance']) => {
  const known = TABLE_NAMES.find(table => table === name)
  if (!known) {
    process.stderr.write(`There is no table ${name}. There are: ${TABLE_NAMES.join(', ')}\n`)
    return 2
  }
  process.stdout.write(`${tableMarkdown(known)}\n`)
  return 0
}
