/** What the administration's door and its pages say to each other. */

export type AdminFieldKind =
  | 'line'
  | 'words'
  | 'number'
  | 'choice'
  | 'flag'
  | 'date'
  | 'time'
  | 'weekdays'
  | 'list'
  | 'ref'
  | 'refs'
  | 'rows'
  | 'group'
  | 'opening'

/** One field of a form, drawn by its kind. */
export interface AdminField {
  key: string
  kind: AdminFieldKind
  label: string
  hint?: string
  optional?: boolean
  min?: number
  max?: number
  choices?: { value: string; label: string }[]
  /** Of which options it is one, or some. */
  of?: string
  fields?: AdminField[]
  /** Not changed once the row stands. */
  locked?: boolean
  /** A list of whole numbers. */
  numbers?: boolean
}

export interface AdminOption {
  value: string
  label: string
  group?: string
}

export interface AdminBookLine {
  key: string
  label: string
  lead: string
  n: number
}

/** The list of books. */
export interface AdminBooks {
  no: number
  may: 'write' | 'read'
  groups: { key: string; label: string; books: AdminBookLine[] }[]
}

export interface AdminRow {
  id: string
  /** Who changes the row says which they saw; null: it stands nowhere yet. */
  mark: string | null
  title: string
  row: Record<string, unknown>
  /** How the columns of the table read, by field. */
  shown: Record<string, string>
  /** Of staff: whether the account has a password. */
  account?: 'waiting' | 'active' | 'suspended' | 'none'
  /** Of notices: the built-in words, the blanks they hold, and whether others stand in their place. */
  notice?: { zh: string; en: string; blanks: string[]; own: boolean }
}

export interface AdminBook {
  key: string
  label: string
  lead: string
  may: 'write' | 'read'
  /** What may be done with rows besides changing them; `fixed`: set and reset only. */
  rows: 'free' | 'noRemove' | 'one' | 'fixed'
  ordered: boolean
  columns: { key: string; label: string }[]
  fields: AdminField[]
  options: Record<string, AdminOption[]>
  list: AdminRow[]
}

/** One difference, to be read: fields with what stood and what stands. */
export interface AdminDifference {
  book: string
  title: string
  what: 'added' | 'changed' | 'removed'
  fields: { label: string; before: string | null; after: string | null }[]
}

export interface AdminChange {
  no: number
  at: string
  /** Null: the command line. */
  by: string | null
  how: 'edit' | 'undo' | 'import'
  books: string[]
  added: number
  changed: number
  removed: number
  reason: string | null
  undoes: number | null
  undoneBy: number | null
}

export interface AdminChanges {
  may: 'write' | 'read'
  changes: AdminChange[]
  more: boolean
}

export interface AdminChangeWhole extends AdminChange {
  may: 'write' | 'read'
  differences: AdminDifference[]
  /** Differences not listed. */
  left: number
  /** Files that changed in something no book shows. */
  others: string[]
}

/** Something wrong in a folder that was brought. */
export interface AdminFault {
  file: string
  line: number
  /** Book, row and field in words, where it is about one. */
  where: string | null
  why: string
}

/** What bringing in a folder would change; with faults nothing can be. */
export interface AdminPreview {
  no: number
  added: number
  changed: number
  removed: number
  books: { label: string; added: number; changed: number; removed: number }[]
  differences: AdminDifference[]
  left: number
  others: string[]
  faults: AdminFault[]
  /** What the ledger would refuse, in words. */
  refused: string | null
  /** Nothing differs. */
  same: boolean
}

/** One line of the answer while a folder is looked through or brought in. */
export type AdminProgress =
  | { t: 'step'; step: string; done: number; of: number }
  | { t: 'preview'; preview: AdminPreview }
  | { t: 'done'; no: number }
  | { t: 'refused'; message: string; details: { field: string; why: string }[] }

export interface AdminInvite {
  link: string
  until: string
}

/** How a notice will be read: whole on the page, short in WeChat's template, shorter in a text message. */
export interface AdminNotice {
  text: string
  choices: string[]
  template: { label: string; value: string }[] | null
  sms: { text: string; letters: number; parts: number } | null
  /** Nobody outside hears it. */
  staff: boolean
}
