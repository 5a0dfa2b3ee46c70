/** What `/api/staff/audit` answers; docs/protocol.md, "Audit". */

export const GROUPS = ['read', 'open', 'verb', 'export', 'enter', 'change', 'system'] as const

export interface AuditLine {
  id: string
  at: string
  by: string | null
  role: string | null
  unit: string | null
  what: string
  does: string
  about: string
  case: string | null
  ok: boolean
  words: string | null
}

export interface AuditDetail extends AuditLine {
  login: string | null
  seq: number | null
  origin: string | null
  field: string | null
  hash: string | null
}

export interface AuditPage {
  rows: AuditLine[]
  next: string | null
  lookedTo: string | null
}

export interface AuditState {
  head: { seq: number; hash: string } | null
  unsealed: number
  keepMonths: number
  verified: { at: string; rows: number; broken: string | null } | null
}

export interface AuditReader {
  name: string
  role: string | null
  unit: string | null
  n: number
  first: string
  last: string
}

/** What is looked for. All but the words stands in the address: words may be anything. */
export interface Asked {
  person: string
  unit: string
  code: string
  group: string
  since: string
  until: string
  refused: string
}
export const NOTHING: Readonly<Asked> = {
  person: '',
  unit: '',
  code: '',
  group: '',
  since: '',
  until: '',
  refused: '',
}
