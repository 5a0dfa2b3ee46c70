import { attachFiles } from '../store/files.ts'
import type { House, Result } from './house.ts'
import type { Mediated } from './mediation-look.ts'
import { whisperIn } from './use-mediation.ts'

/** A side's private words with pictures or papers: its own files, seen by the panel and by itself alone. */
export function attachWords(
  house: House,
  personId: string,
  code: string,
  said: { text: string; files: readonly string[] },
): Promise<Result<{ of: Mediated }>> {
  return house.store.write(async tx => {
    const done = await whisperIn(house, tx, { personId }, code, { text: said.text })
    if (done.ok)
      await attachFiles(
        tx,
        personId,
        done.of.row.id,
        said.files.map(id => ({ id })),
      )
    return done
  }, code)
}
