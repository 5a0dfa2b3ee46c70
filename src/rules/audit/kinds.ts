/** What a row of the audit book 审计 may say, and the family it is looked for by. A new thing to record is a new row here and its words in `audit.json`. */

/** `read` looked at; `open` a masked or sealed value in clear; `verb` did something; `export` took away as a file; `enter` came and went; `change` of administration; `system` the service itself. */
export const AUDIT_GROUPS = ['read', 'open', 'verb', 'export', 'enter', 'change', 'system'] as const
export type AuditGroup = (typeof AUDIT_GROUPS)[number]

export const AUDITED = {
  readCase: 'read',
  readTalk: 'read',
  readFile: 'read',
  readChild: 'read',
  readAudit: 'read',
  search: 'read',
  reveal: 'open',
  openChild: 'open',
  openChildEmergency: 'open',
  careReporter: 'open',
  volunteerPhone: 'open',
  step: 'verb',
  does: 'verb',
  takeTalk: 'verb',
  sayTalk: 'verb',
  handBack: 'verb',
  clearNotice: 'verb',
  askReview: 'verb',
  review: 'verb',
  careConsent: 'verb',
  carePair: 'verb',
  careErase: 'verb',
  careSchools: 'verb',
  careKeep: 'verb',
  careReview: 'verb',
  careMove: 'verb',
  approveExample: 'verb',
  discardExample: 'verb',
  exportExamples: 'export',
  careExport: 'export',
  export: 'export',
  login: 'enter',
  loginFailed: 'enter',
  locked: 'enter',
  logout: 'enter',
  password: 'enter',
  otp: 'enter',
  linkChat: 'enter',
  unlinkChat: 'enter',
  invite: 'change',
  setting: 'change',
  job: 'system',
  command: 'system',
  anchor: 'system',
} as const satisfies Record<string, AuditGroup>

export type Audited = keyof typeof AUDITED

const ALL = Object.keys(AUDITED) as Audited[]

/** The kinds of a family, in the order of the table. */
export const kindsOf = (group: AuditGroup): Audited[] => ALL.filter(kind => AUDITED[kind] === group)

export const isAudited = (word: string): word is Audited => Object.hasOwn(AUDITED, word)

/** All kinds that say somebody has seen a case: its pages, its files, and values opened in it. */
export const CASE_READINGS: readonly Audited[] = ['readCase', 'readFile', 'reveal', 'export', 'step']

/** Words of coordinators and reviewers that decide something today: never dropped, carried over when older rows go. */
export const CARRIED: readonly Audited[] = ['careKeep', 'careReview']

/** Months the book is kept unless set otherwise; the law asks for six at least (网络安全法 23, before 2026: 21). */
export const KEEP_MONTHS = { usual: 36, least: 6, most: 600 } as const
