/** What the list of cases is filtered by, as it stands in addresses and in saved sets. A search is none of them: it may hold a phone number. */
export const FILTERS = [
  'unit',
  'place',
  'category',
  'class',
  'state',
  'due',
  'owed',
  'dueFrom',
  'dueUntil',
  'since',
  'until',
] as const
