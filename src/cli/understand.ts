import { createInterface } from 'node:readline'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { loadDistrict } from '../district.ts'
import { makeBook } from '../flows/book.ts'
import { understand } from '../flows/understand/understand.ts'
import { bookData, districtFolder } from '../load.ts'

/** One message a line in, one JSON object a line out (docs: the `understand` door). */
export const understandCommand: Command = async () => {
  const { resources } = makeBook(bookData(loadDistrict(districtFolder(readConfig().district))))
  for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(`${JSON.stringify(understand(line, resources, new Date().toISOString()))}\n`)
  return 0
}
