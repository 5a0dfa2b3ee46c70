import { Refusal } from '../../shared/api.ts'

/** Fetches the figures as a workbook and hands it to the browser to keep. Throws `Refusal`. */
export async function fetchCorrections(language: string): Promise<void> {
  const answer = await fetch('/api/staff/learning.xlsx', { headers: { 'accept-language': language } }).catch(
    () => null,
  )
  if (!answer) throw new Refusal('offline', '')
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({ error: { code: 'broken', message: '' } }))
    throw new Refusal(error.code, error.message, answer.status)
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = 'corrections.xlsx'
  link.click()
  // The browser has read the address by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
