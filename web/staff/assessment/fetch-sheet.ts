import { Refusal } from '../../shared/api.ts'

/** Fetches the monthly table as a workbook and hands it to the browser to keep. Throws `Refusal`. */
export async function fetchSheet(month: string, language: string): Promise<void> {
  const answer = await fetch(`/api/staff/assessment.xlsx?month=${month}`, {
    headers: { 'accept-language': language },
  }).catch(() => null)
  if (!answer) throw new Refusal('offline', '')
  if (!answer.ok) throw await refusalOf(answer)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = `assessment-${month}.xlsx`
  link.click()
  // The browser has read the address by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const { error } = await answer.json().catch(() => ({ error: { code: 'broken', message: '' } }))
  return new Refusal(error.code, error.message, answer.status)
}
