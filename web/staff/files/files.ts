import type { FileRef } from '../types.ts'

/** Where the bytes of a file are: of a case (`cases/CODE`) or of a conversation (`conversations/ID`). */
export const fileUrl = (of: string, id: string, copy: 'small' | 'full'): string =>
  `/api/staff/${of}/files/${encodeURIComponent(id)}/${copy}`

export const caseFiles = (code: string): string => `cases/${encodeURIComponent(code)}`
export const talkFiles = (id: string): string => `conversations/${encodeURIComponent(id)}`

/** Those one can look at. */
export const pictures = <F extends FileRef>(files: readonly F[]): F[] =>
  files.filter(file => file.kind === 'image')

/** `230 KB`, `1.4 MB`. */
export function weight(bytes: number): string {
  const kilo = Math.max(1, Math.round(bytes / 1024))
  return kilo < 1000 ? `${kilo} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
