import { isQuietPdf } from './pdf.ts'
import { remake } from './picture.ts'
import { type Foreign, sniff } from './sniff.ts'

/** Why a whole file is not taken. Keys of the words. */
export type Unfit = Foreign | 'pixels' | 'broken' | 'pdf'

/** What we keep of a file; `small` only of a picture. */
export type Finished =
  | {
      ok: true
      kind: 'image'
      type: 'image/jpeg'
      full: Buffer
      small: Buffer
      width: number
      height: number
    }
  | { ok: true; kind: 'file'; type: 'application/pdf'; full: Buffer }
  | { ok: false; why: Unfit }

/** Looks at what somebody sent: a picture is made anew, a PDF that only shows pages is kept as it is, all else is refused. */
export async function finish(bytes: Buffer): Promise<Finished> {
  const told = sniff(bytes)
  if ('foreign' in told) return { ok: false, why: told.foreign }
  if (told.sort === 'pdf') {
    if (!(await isQuietPdf(bytes))) return { ok: false, why: 'pdf' }
    return { ok: true, kind: 'file', type: 'application/pdf', full: bytes }
  }
  const made = await remake(bytes, told.sort)
  if (typeof made === 'string') return { ok: false, why: made }
  return { ok: true, kind: 'image', type: 'image/jpeg', ...made }
}
